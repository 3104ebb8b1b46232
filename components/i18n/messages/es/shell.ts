import type { Translation } from '../translation.ts';

export const shell: Translation['shell'] = {
  description:
    'Suelta archivos PDF o imágenes, observa cómo se lee cada página y llévate un texto fiable.',
  skip: 'Saltar al contenido',
  home: 'Fanfold, todos los documentos',
  operations: 'Operación',
  language: 'Idioma: {language}',
  languageFailed: 'No se ha podido cambiar el idioma',
  theme: 'Colores: {current}. Cambiar a {next}',
  themes: { system: 'los del sistema', light: 'claros', dark: 'oscuros' },
  reconnecting: 'Reconectando…',
  notifications: 'Avisos',
  nowhere: {
    title: 'Esta página no existe',
    text: 'Puede que la dirección sea antigua o no esté bien escrita.',
  },
  error: {
    title: 'Algo ha fallado en esta página',
    text: 'No afecta a tus documentos: siguen su curso.',
    retry: 'Volver a mostrarla',
  },
};
