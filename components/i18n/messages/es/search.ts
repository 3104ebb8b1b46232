import type { Translation } from '../translation.ts';

export const search: Translation['search'] = {
  title: 'Buscar',
  all: 'Buscar en todas las páginas',
  one: 'Buscar en este documento',
  allDocuments: 'Buscar en todos los documentos',
  results: 'Resultados de «{query}»',
  scope: 'En <name></name>.',
  failed: 'La búsqueda no ha funcionado',
  searching: 'Buscando',
  moreThan: 'Más de {count, plural, one {# página} other {# páginas}}',
  corrected: 'Se muestran los resultados de «{query}».',
  named: '{count, plural, one {Documento} other {Documentos}} con este nombre:',
  page: 'página {page, number}',
  nothing: 'Ninguna página lo contiene',
  advice:
    'Las palabras se encuentran en todas sus formas. Pon una frase entre “comillas”, un signo menos delante de la palabra que no deba aparecer, <i>or</i> entre alternativas y un asterisco tras el comienzo de una palabra: <code></code>',
  example: '"fecha de pago" -borrador fact*',
  filter: 'Filtrar',
  filters: {
    state: 'Filtrar por estado: {choice}',
    period: 'Filtrar por fecha: {choice}',
    language: 'Filtrar por idioma: {choice}',
    tag: 'Filtrar por etiqueta: {choice}',
  },
  states: {
    any: 'Todo estado',
    DONE: 'Listos',
    PROCESSING: 'Leyéndose',
    PENDING: 'En espera',
    FAILED: 'Con error',
  },
  periods: {
    any: 'Toda fecha',
    week: 'Última semana',
    month: 'Último mes',
    year: 'Último año',
  },
  anyLanguage: 'Todo idioma',
  anyTag: 'Toda etiqueta',
};
