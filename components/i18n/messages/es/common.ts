import type { Translation } from '../translation.ts';

export const common: Translation['common'] = {
  allDocuments: 'Todos los documentos',
  backToDocument: 'Volver al documento',
  cancel: 'Cancelar',
  close: 'Cerrar',
  confidence: '{percent} de confianza',
  delete: 'Eliminar',
  documents: 'Documentos',
  doubtfulBelow: 'Dudosas por debajo de',
  download: 'Descargar',
  loadMore: 'Cargar más',
  loading: 'Cargando…',
  page: 'Página {page, number}',
  pageCount: '{count, plural, one {# página} other {# páginas}}',
  pages: 'Páginas',
  readAgain: 'Releer',
  save: 'Guardar',
  text: 'Texto',
  tryAgain: 'Reintentar',
  undo: 'Deshacer',
  wordCount: '{count, plural, one {# palabra} other {# palabras}}',
};
