import type { Translation } from '../translation.ts';

export const documents: Translation['documents'] = {
  loading: 'Cargando los documentos',
  failed: 'No se han podido cargar los documentos',
  drop: {
    title: 'Suelta documentos donde quieras',
    titleTouch: 'Añade documentos',
    kinds: 'PDF e imágenes, varios a la vez.',
    paste: 'También puedes pegarlos.',
  },
  first: {
    title: 'Suelta un documento. Observa cómo se lee.',
    text: 'Cada página se despliega, se lee y vuelve a su sitio convertida en texto fiable, con la posición y la confianza de cada palabra.',
    kinds: 'PDF, PNG, JPEG, WebP o TIFF.',
    paste: 'Suéltalo donde quieras o pégalo con <key></key>',
  },
  states: {
    awaiting_upload: 'Subida interrumpida',
    queued: 'En espera',
    inspecting: 'Abriendo',
    processing: 'Leyendo',
    assembling: 'Terminando',
    completed: 'Listo',
    partial: 'Listo, con lagunas',
    failed: 'Error',
    canceled: 'Cancelado',
    scheduled: 'Programado',
    locked: 'Requiere contraseña',
  },
  progress: {
    label: 'Páginas leídas',
    uncounted: 'Aún no se han contado las páginas',
    short: '{done} de {total, plural, one {# página} other {# páginas}}',
    read: '{done} de {total, plural, one {# página leída} other {# páginas leídas}}',
    shortWithFailed:
      '{done} de {total, plural, one {# página} other {# páginas}}, {failed, plural, one {# con error} other {# con error}}',
    readWithFailed:
      '{done} de {total, plural, one {# página leída} other {# páginas leídas}}, {failed, plural, one {# con error} other {# con error}}',
  },
  starts: 'empieza el {time}',
  justNow: 'ahora mismo',
  dropAgain: 'Suelta el archivo otra vez para continuar',
  select: 'Seleccionar',
  selectOne: 'Seleccionar {name}',
  actions: {
    more: 'Más acciones para {name}',
    downloadText: 'Descargar el texto',
    downloadFormat: 'Descargar {format}',
    startNow: 'Empezar ahora',
    retryFailed: 'Releer las páginas con error',
  },
  selection: {
    label: 'Documentos seleccionados',
    count: '{count, plural, one {# seleccionado} other {# seleccionados}}',
    all: 'Seleccionar los {count, number}',
    allFormats: 'Todos los formatos',
    clear: 'Quitar la selección',
    preparing: 'Preparando…',
    making: 'Generando {count, number}…',
  },
  archive: {
    failed: 'No se ha podido iniciar la descarga',
    nothing: 'No hay nada que descargar',
    nothingWhy: 'Ninguno de estos documentos se ha terminado de leer.',
    missing:
      '{count, plural, one {No se ha podido incluir # archivo} other {No se han podido incluir # archivos}}',
    missingWhy: 'El manifiesto del archivo comprimido explica por qué.',
  },
  removal: {
    done: '«{name}» eliminado',
    failed: 'No se ha podido eliminar «{name}»',
  },
  failures: {
    cancel: 'No se ha podido cancelar el documento',
    describe: 'No se han podido cambiar el título y las etiquetas',
    startNow: 'No se ha podido empezar el documento',
    retry: 'No se ha podido volver a leer el documento',
    retryPage: 'No se ha podido volver a leer la página {page, number}',
    download: 'No se ha podido descargar: {format}',
  },
  copy: {
    page: 'Página {page, number} copiada',
    pageFailed: 'No se ha podido copiar la página {page, number}',
    whole: 'Texto completo copiado',
    wholeFailed: 'No se ha podido copiar el texto completo',
    why: 'El navegador solo permite copiar con HTTPS o en localhost, y en la pestaña que está delante.',
  },
};
