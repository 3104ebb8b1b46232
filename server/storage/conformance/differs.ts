export type TargetName = 'embedded' | 'radosgw';

const NO_CHECKSUMS = 'Ceph 16 passes over x-amz-checksum-*; only Content-MD5 holds there';
const NO_TRAILERS = 'Ceph 16 does not know checksums in trailers';

/** Checks that a target fails, by title, and why that is known and accepted. */
export const DIFFERS: Record<TargetName, Record<string, string>> = {
  embedded: {},
  radosgw: {
    'tells a verified SHA-256 only when asked': NO_CHECKSUMS,
    'refuses bytes that are not those of the checksum': NO_CHECKSUMS,
    'gives the checksum of checksums': NO_CHECKSUMS,
    'lists the checksum of each part': NO_CHECKSUMS,
    'refuses a part of other bytes than its checksum': NO_CHECKSUMS,
    'refuses an upload of other bytes of the same length': NO_CHECKSUMS,
    'holds an upload to a checksum that the address carries': NO_CHECKSUMS,
    'knows the SHA-256 that the form declared': NO_CHECKSUMS,
    'refuses other bytes under a form that was signed': NO_CHECKSUMS,
    'refuses a replay with other bytes and keeps the first': NO_CHECKSUMS,
    'takes a stream as the SDK frames it, with a checksum in its trailer': NO_TRAILERS,
    'verifies the checksum in a trailer': NO_TRAILERS,
    'copies under CopySourceIfMatch only the object that was meant':
      'Ceph 16 passes over the condition',
    'refuses parts out of order': 'Ceph 16 sorts the parts itself',
    'refuses part numbers that are none': 'Ceph 16 judges part numbers only when it completes',
    'says that an upload to complete is missing': 'Ceph 16 answers InternalError',
    'lets no override add a header line': 'Ceph 16 writes the line break into the header',
    'refuses further x-amz headers than were signed': 'Ceph 16 takes headers that are not signed',
    'refuses x-amz headers that are not signed': 'Ceph 16 takes headers that are not signed',
    'refuses a request for another region': 'Ceph 16 takes whatever region was signed',
  },
};
