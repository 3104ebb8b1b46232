import type { Translation } from '../translation.ts';

export const viewer: Translation['viewer'] = {
  missing: {
    title: 'No existe ese documento',
    text: 'Puede que se haya eliminado o que la dirección no sea correcta.',
  },
  failed: 'No se ha podido cargar el documento',
  loading: 'Cargando el documento',
  progressTitle: '{percent} · {name}',
  actions: {
    retryFailed: 'Reintentar<wide> páginas con error</wide>',
    goOn: 'Continuar',
    review: 'Revisar',
    copy: 'Copiar texto',
    making: 'Generando…',
  },
  name: {
    edit: 'Cambiar el título y las etiquetas',
    title: 'Título',
    tags: 'Etiquetas, separadas por comas',
    keep: 'Dejarlo como está',
  },
  outputs: { making: 'generando…', failed: '{reason} Inténtalo de nuevo.' },
  facts: {
    asked: '{pages} de las {total, number} del archivo',
    ahead:
      '{documents, plural, one {# documento} other {# documentos}} ({pages, plural, one {# página} other {# páginas}}) antes del tuyo',
    speed: '{pages} páginas/min',
    momentLeft: 'falta menos de un minuto',
    minutesLeft: 'faltan unos {minutes, number} min',
    hoursLeft: 'faltan unas {hours, number} h',
    hoursAndMinutesLeft: 'faltan unas {hours, number} h y {minutes, number} min',
  },
  gaps: {
    title:
      '{count, plural, one {No se ha podido leer # página} other {No se han podido leer # páginas}} de {total, number}',
    reasons: 'y {count, plural, one {# motivo más} other {# motivos más}}',
    group: '{count, plural, one {Página} other {Páginas}} <pages></pages>: {reason}',
    groupAndMore:
      '{count, plural, one {Página} other {Páginas}} <pages></pages> y {more, number} más: {reason}',
  },
  notices: {
    canceled: {
      title: 'Este documento se ha cancelado',
      text: 'Aún no se había leído nada.',
    },
    queued: {
      title: 'Esperando su turno',
      text: 'Sus páginas aparecerán aquí en cuanto un proceso lo abra.',
    },
    opening: { title: 'Abriendo el archivo', text: 'Se están contando sus páginas.' },
    scheduled: {
      title: 'Esperando su hora',
      text: 'El archivo ya está aquí y su lectura <time></time>. También puedes empezarla ahora.',
    },
    expired: {
      title: 'Las páginas ya no se conservan',
      text: 'Lo que se leyó de ellas se eliminó el <time></time>, al cumplirse su plazo. Sube el archivo otra vez para leerlo de nuevo.',
    },
    locked: {
      title: 'Este archivo está protegido',
      text: 'Escribe su contraseña para continuar. Solo se usa para abrir este archivo.',
      password: 'Contraseña',
      open: 'Abrir',
      opening: 'Abriendo…',
    },
    uploading: {
      title: 'El archivo está de camino',
      text: 'No cierres esta pestaña hasta que haya llegado.',
    },
    interrupted: {
      title: 'La subida se ha interrumpido',
      text: 'Suelta aquí el mismo archivo y continuará donde se quedó.',
    },
    failed: { title: 'No se ha podido leer este documento' },
  },
  advice: {
    UPLOAD_MISMATCH: 'Elimina este documento y vuelve a subir el archivo.',
    UPLOAD_EXPIRED: 'Elimina este documento y vuelve a subir el archivo.',
    UNSUPPORTED_TYPE: 'Guárdalo como PDF o como imagen y súbelo así.',
    CORRUPT_FILE: 'Ábrelo en un visor de PDF o de imágenes, guarda una copia nueva y súbela.',
    UNSUPPORTED_ENCRYPTION: 'Ábrelo con su contraseña, guarda una copia sin contraseña y súbela.',
    TOO_MANY_PAGES: 'Divídelo y sube las partes.',
    NO_PAGES: 'Comprueba que sea el archivo correcto.',
    DECOMPRESSION_LIMIT: 'Ábrelo en un visor, imprímelo en un PDF nuevo y súbelo.',
    SOURCE_MISSING: 'Vuelve a subir el archivo.',
  },
  caption: {
    pending: 'en espera',
    failed: 'error',
    canceled: 'cancelada',
    native: 'del PDF',
    blank: 'en blanco',
    read: 'leída',
  },
  label: {
    pending: 'Página {page, number}, en espera',
    processing: 'Página {page, number}, se está leyendo',
    failed: 'Página {page, number}, error: {reason}',
    canceled: 'Página {page, number}, cancelada',
    native: 'Página {page, number}, texto del PDF',
    blank: 'Página {page, number}, en blanco',
    read: 'Página {page, number}, leída con un {percent} de confianza',
  },
  readPageAgain: 'Volver a leer la página {page, number}',
  follow: 'Seguir',
  notRead: 'Sin leer',
  noText: 'Esta página no tiene texto',
  view: 'Vista',
  views: { pages: 'Páginas', page: 'Página', text: 'Texto' },
};
