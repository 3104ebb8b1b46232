import type { Translation } from '../translation.ts';

export const review: Translation['review'] = {
  progress: 'Palabras revisadas',
  left: '{count, plural, one {Queda # palabra dudosa} other {Quedan # palabras dudosas}}',
  keys: 'Intro acepta la palabra, o lo que hayas escrito en su lugar. Las flechas avanzan y retroceden.',
  word: 'Página {page, number}: {word}',
  picture: 'La palabra en la página {page, number}',
  confidence: 'Leída con un {percent} de confianza',
  accept: 'Es correcta',
  correct: 'Corregirla',
  back: 'Anterior',
  skip: 'Omitir',
  see: 'Verla en la página {page, number}',
  restart: 'Empezar de nuevo',
  none: {
    title: 'Ninguna palabra es dudosa',
    text: 'No hay ninguna que se leyera con menos de un {percent} de confianza.',
  },
  done: {
    title: 'No quedan palabras dudosas',
    text: 'El texto y las descargas incluyen tus correcciones.',
  },
  end: {
    title: 'Has llegado al final',
    text: '{count, plural, one {Aún puedes ver la # palabra que omitiste.} other {Aún puedes ver las # palabras que omitiste.}}',
  },
};
