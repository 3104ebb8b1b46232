import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { I18nProvider } from '#components/i18n/i18n-provider.tsx';
import {
  MESSAGES,
  requestLocale,
  requestTranslator,
  SERVER_WORDS,
} from '#components/i18n/request.ts';
import { Providers } from '#components/shell/providers.tsx';
import { geist, newsreader } from './fonts.ts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return {
    title: { default: 'Fanfold', template: '%s · Fanfold' },
    description: t('shell.description'),
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1412' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const { language, tag } = await requestLocale();
  const t = await requestTranslator();
  return (
    <html
      lang={language}
      suppressHydrationWarning
      className={`${geist.variable} ${newsreader.variable}`}
    >
      <body className="font-sans text-[15px] leading-normal">
        <a
          href="#main"
          className="sr-only z-50 rounded-lg bg-accent px-3 py-2 font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {t('shell.skip')}
        </a>
        <I18nProvider tag={tag} messages={MESSAGES[language]} words={SERVER_WORDS[language]}>
          <Providers nonce={nonce}>{children}</Providers>
        </I18nProvider>
      </body>
    </html>
  );
}
