'use client';

import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

/** A link whose page is fetched once it is pointed at or in focus, not already when it is seen. */
export function LateLink(props: ComponentProps<typeof Link>) {
  const [near, setNear] = useState(false);
  const prefetch = () => setNear(true);
  return (
    <Link {...props} prefetch={near ? null : false} onPointerEnter={prefetch} onFocus={prefetch} />
  );
}
