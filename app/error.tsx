'use client';

import { Message } from '#components/shell/message.tsx';
import { Button } from '#components/ui/button.tsx';

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" className="flex min-h-dvh flex-col">
      <Message
        title="Something went wrong on this page"
        text="Your documents are not touched by it: work on them goes on."
      >
        <Button variant="primary" onClick={retry}>
          Show it again
        </Button>
      </Message>
    </main>
  );
}
