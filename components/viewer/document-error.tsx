import Link from 'next/link';
import { Message } from '../shell/message.tsx';
import { Button } from '../ui/button.tsx';

/** Where a document cannot be shown: there is none, or the server did not answer. */
export function DocumentError({ sentence, retry }: { sentence?: string; retry?: () => void }) {
  if (!retry) {
    return (
      <Message
        title="There is no such document"
        text="It may have been deleted, or the address is not right."
      >
        <Button nativeButton={false} render={<Link href="/" />}>
          All documents
        </Button>
      </Message>
    );
  }
  return (
    <Message title="The document could not be loaded" text={sentence ?? ''}>
      <Button onClick={retry}>Try again</Button>
    </Message>
  );
}
