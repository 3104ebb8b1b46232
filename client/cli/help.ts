/** What `help` prints, without a word that is not true. */
export const HELP = `Fanfold reads PDFs and images and gives their text.

Usage:
  npm run -s fanfold -- ocr FILE… [options]     read files
  npm run -s fanfold -- list                    recent documents
  npm run -s fanfold -- status ID…              one document, and its pages that failed
  npm run -s fanfold -- get ID… --format txt    results of a document that was read
  npm run -s fanfold -- cancel ID…              stop
  npm run -s fanfold -- start ID…               start now what waits for its time
  npm run -s fanfold -- retry ID…               try again what failed or was canceled
  npm run -s fanfold -- rm ID…                  delete, with everything that belongs to it
  npm run -s fanfold -- languages               languages that can be read
  npm run -s fanfold -- admin dead-letters [list|show ID|redrive|discard]   jobs that were given up
  npm run -s fanfold -- admin reconcile [--fix] [--grace MINUTES]           rows without objects, and
                                                objects without rows: after a restore
  npm run -s fanfold -- help | --version

The text of one file goes to standard output; progress and errors go to standard error.
-s keeps npm's own lines out of the output. FILE may be a pattern, e.g. "scans/*.png".

Options of ocr:
  --lang eng+spa       languages of the text (eng); auto: found on each page
  --pages 1-3,7,20-    the pages to read (all)
  --mode MODE          auto: read what is not there as text (the default) · force: read every page
                       whole · redo: read again what an earlier OCR has hidden · off: only take text
  --engine E           what reads: tesseract, tesseract-native or vision, where the server has it
  --quality Q          fast, balanced (the default) or best
  --segmentation S     how the text lies on the page: auto, block, sparse, column or line
  --rotation R         clockwise degrees that make the pages upright: auto, 0, 90, 180 or 270
  --no-deskew          leave sloping lines as they are
  --dpi N              pixels per inch: of pictures in place of what their files say, else to read at
  --page-time-limit S  seconds that a page may take, within the server's limit
  --format txt,json    what to write (txt): txt, json, pdf (searchable), md, hocr, alto, tsv, textract,
                       csv and tables-tsv (the tables), zip (everything)
  --out FOLDER         where to write it, made if need be; for several files or formats. Files that
                       are there are kept: a result whose name is taken becomes "name (2).txt"
  --force              overwrite files of the same name instead
  --concurrency N      files at once (2)
  --bulk               nobody waits for these: read them when nothing else waits
  --again              read files and pages again that were read with the same options before
  --start-after TIME   not before, e.g. 2026-12-24T22:00; at most a year ahead
  --window 22:00-06:00 start only in these hours of this machine's clock, or of --time-zone NAME;
                       what waits for its time is not waited for: \`start ID…\` starts it now
  --password-stdin     read the password of protected files from standard input
                       (or set FANFOLD_PASSWORD)
  --password TEXT      the same, but others on this machine can see it while the command runs
  --json               one JSON object on standard output and nothing else; texts only with --out
  -q, --quiet          errors only

Options of get: --format, --out, --force as above; a format that nobody has asked for before is made
first. For txt: --paragraphs writes each paragraph as one line, --join-hyphens puts divided words
together. --again tries once more what could not be made. Options of list: --limit N (25).
Options of admin dead-letters: ids, --kind page.recognize, --code CODE, --document ID, --before TIME, or
--all; redrive --preview tells what would be queued and changes nothing.
Every command but help takes --json, and --url (http://host:3000).

The server: --url or FANFOLD_URL with the key in FANFOLD_API_KEY; without them the one that runs on
this machine, with its data in FANFOLD_DATA (.fanfold).

Exit codes: 0 everything was read · 1 something failed · 2 wrong usage · 3 some pages failed, the
rest is there · 130 stopped by Ctrl-C, which also cancels the documents that the command began.
`;
