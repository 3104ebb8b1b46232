import type { ErrorCode } from '#server/errors.ts';

/** The sentence of each code, for what `sentences` does not hold. */
export const errors: Record<ErrorCode, string> = {
  INVALID_INPUT: 'La petición no es válida.',
  UNAUTHORIZED: 'Inicia sesión o envía una clave de API.',
  NOT_FOUND: 'No existe ese documento.',
  CONFLICT: 'El estado del documento no lo permite.',
  REQUEST_ID_REUSED: 'Este identificador de petición ya se usó para otro archivo u otras opciones.',
  TOO_MANY_REQUESTS: 'Demasiadas peticiones. Continúa dentro de un momento.',
  UNAVAILABLE: 'El servicio no está listo. Inténtalo de nuevo en un momento.',
  INTERNAL: 'Algo ha fallado por nuestra parte. Inténtalo de nuevo.',
  LANGUAGE_MISSING: 'Uno de los idiomas pedidos no está instalado.',
  ENGINE_MISSING: 'El motor pedido no está configurado.',
  FILE_TOO_LARGE: 'El archivo es mayor de lo que admite este servidor.',
  EMPTY_FILE: 'El archivo está vacío.',
  UNSUPPORTED_TYPE: 'Este tipo de archivo no se puede leer. Envía un PDF, PNG, JPEG, WebP o TIFF.',
  UPLOAD_MISSING: 'El archivo aún no ha llegado. Termina primero de subirlo.',
  UPLOAD_MISMATCH: 'El archivo que ha llegado no es el anunciado. Vuelve a subirlo.',
  UPLOAD_EXPIRED: 'La subida no terminó a tiempo. Empiézala de nuevo.',
  SOURCE_MISSING: 'El archivo subido ya no está en el almacén de objetos.',
  STORAGE_UNAVAILABLE: 'El almacén de objetos no ha respondido. Se volverá a intentar.',
  CORRUPT_FILE: 'El archivo está dañado y no se puede abrir.',
  PASSWORD_REQUIRED: 'El archivo está protegido. Escribe su contraseña para continuar.',
  PASSWORD_WRONG: 'Esa contraseña no abre el archivo.',
  UNSUPPORTED_ENCRYPTION: 'El archivo está cifrado de un modo que no se puede leer.',
  TOO_MANY_PAGES: 'El archivo tiene más páginas de las que admite este servidor.',
  NO_PAGES: 'El archivo no tiene páginas.',
  PAGES_NOT_FOUND: 'El archivo no tiene ninguna de las páginas pedidas.',
  PAGE_TOO_LARGE: 'La página es demasiado grande para dibujarla.',
  IMAGE_TOO_LARGE: 'Una imagen es demasiado grande para abrirla con seguridad.',
  IMAGE_TOO_SMALL: 'La imagen es demasiado pequeña para contener texto.',
  IMAGE_UNREADABLE: 'No se ha podido abrir una imagen de la página.',
  DECOMPRESSION_LIMIT: 'La página ocupa, descomprimida, más datos de lo que es seguro.',
  PAGE_TIMEOUT: 'Leer la página llevó más tiempo del permitido.',
  PAGE_OUT_OF_MEMORY: 'La página necesitó más memoria de la permitida.',
  PAGE_CRASHED: 'El proceso que leía la página terminó de forma inesperada.',
  WORKER_CRASHED: 'El proceso que leía la página se detuvo en todos los intentos.',
  RENDER_FAILED: 'No se ha podido dibujar la página.',
  RECOGNITION_FAILED: 'No se ha podido reconocer el texto de la página.',
  VISION_UNAVAILABLE: 'El modelo de visión no ha respondido. Se le volverá a preguntar.',
  VISION_REFUSED: 'El modelo de visión no ha aceptado la clave o la petición.',
  VISION_ANSWER_INVALID: 'El modelo de visión ha dado una respuesta que no se puede usar.',
  OUTPUT_FAILED: 'No se ha podido generar este resultado a partir del archivo.',
};

/** By what the server says; a sentence that is not here is told by its code, or in English. */
export const sentences: Record<string, string> = {
  'The server cannot be reached. Check the connection and try again.':
    'No se puede conectar con el servidor. Comprueba la conexión e inténtalo de nuevo.',
  'The server did not answer. Check the connection and try again.':
    'El servidor no ha respondido. Comprueba la conexión e inténtalo de nuevo.',
  'The file was changed or removed while it was read. Choose it again.':
    'El archivo se ha cambiado o borrado mientras se leía. Elígelo de nuevo.',
  'The page is not read yet.': 'La página aún no se ha leído.',
  'This correction was changed meanwhile.': 'Esta corrección ha cambiado mientras tanto.',
  'These words were changed meanwhile. Look at them again.':
    'Estas palabras han cambiado mientras tanto. Vuelve a mirarlas.',
  'These are not words of one line.': 'Estas palabras no son de una misma línea.',
  'The worker that made this output stopped each time it tried.':
    'El proceso que generaba este resultado se detuvo en todos los intentos.',
  'What was read of the pages was removed when its days were over.':
    'Lo que se leyó de las páginas se eliminó al cumplirse su plazo.',
  'There is no such dead letter.': 'No existe esa tarea.',
  'There are no such pages that were read.': 'No hay páginas leídas con esos números.',
  'This was chosen, or read again, meanwhile.':
    'Mientras tanto ya se ha elegido o se ha vuelto a leer.',
  'The page has not come so far yet.': 'La página aún no ha llegado a ese punto.',
  'Only a page that failed can be read again.': 'Solo se puede reintentar una página con error.',
  'The page has no picture yet.': 'La página aún no tiene imagen.',
  'The file was removed when its days were over. Upload it again.':
    'El archivo se eliminó al cumplirse su plazo. Vuelve a subirlo.',
  'The file never arrived. Upload it again.': 'El archivo no llegó. Vuelve a subirlo.',
  'There is nothing to try again.': 'No hay nada que reintentar.',
  'This document does not wait for its time.': 'Este documento no está esperando su hora.',
  'The file of this document has already arrived.': 'El archivo de este documento ya ha llegado.',
  'This document does not wait for a password.': 'Este documento no espera ninguna contraseña.',
  'The document has already ended.': 'El documento ya ha terminado.',
  'There is no such page.': 'No existe esa página.',
  'The page is damaged and cannot be opened.': 'La página está dañada y no se puede abrir.',
  'The file is protected in a way that text cannot be added to.':
    'El archivo está protegido de un modo que no permite añadirle texto.',
  'Not installed: {0}. Installed languages: {1}.': 'No instalado: {0}. Idiomas instalados: {1}.',
  'The file is larger than the {0} MiB that this server accepts.':
    'El archivo supera los {0} MiB que admite este servidor.',
  'Pages {0} were asked for, but the file has {1}.':
    'Se pidieron las páginas {0}, pero el archivo tiene {1}.',
  'The file has {0} pages; this server accepts {1}.':
    'El archivo tiene {0} páginas; este servidor admite {1}.',
  'The engine "{0}" is not set up on the worker that took the page.':
    'El motor «{0}» no está configurado en el proceso que tomó la página.',

  'The page is empty.': 'La página está en blanco.',
  'Nothing is drawn on the page.': 'No hay nada dibujado en la página.',
  'The file is a picture.': 'El archivo es una imagen.',
  'The picture is smaller than a letter.': 'La imagen es más pequeña que una letra.',
  'The page is smaller than a letter.': 'La página es más pequeña que una letra.',
  'Only the text that is there was to be taken.': 'Solo se pidió el texto que ya contiene.',
  'The whole page was to be read.': 'Se pidió leer la página entera.',
  'The page holds its own text.': 'La página contiene su propio texto.',
  'The page holds hidden text.': 'La página contiene texto oculto.',
  'The page is a picture without text of its own.': 'La página es una imagen sin texto propio.',
  'The page is drawn without text of its own.': 'La página es un dibujo sin texto propio.',
  'The text of the PDF has characters without a meaning, so the page was read.':
    'El texto del PDF tiene caracteres sin significado, así que la página se leyó.',
  'Some text of the PDF has characters without a meaning; it was read instead.':
    'Parte del texto del PDF tiene caracteres sin significado; se leyó en su lugar.',
  'Form fields or notes hold text of their own, so the page was read as well.':
    'Hay campos o notas con texto propio, así que la página también se leyó.',
  'The page has little text and many outlines, so it was read as well.':
    'La página tiene poco texto y muchos trazos, así que también se leyó.',
  'Images cover {0} % of the page; what the text leaves of them was read.':
    'Las imágenes cubren el {0} % de la página; se leyó lo que el texto deja a la vista.',
  'pdf.js could not open the page; PDFium has drawn it, and it was read.':
    'pdf.js no pudo abrir la página; la dibujó PDFium y se leyó.',
  'Nothing was to be read, and the page has no text of its own.':
    'No había que leer nada y la página no tiene texto propio.',
  'The page is not empty, but no text was found on it.':
    'La página no está en blanco, pero no se encontró texto en ella.',
  'The page holds more text than {0} characters; the rest was left out.':
    'La página tiene más de {0} caracteres de texto; el resto se dejó fuera.',
  'It is written bright on dark.': 'Está escrita en claro sobre oscuro.',
  'It could not be read with all that is paler than its ink.':
    'No se podía leer con todo lo que es más pálido que su tinta.',
  'It has {0} specks for each of its letters.': 'Tiene {0} motas por cada una de sus letras.',
  'Its noise is {0} of the contrast of its text.': 'Su ruido es el {0} del contraste de su texto.',
  'It read better at a larger size than its letters need.':
    'Se leyó mejor a un tamaño mayor del que piden sus letras.',
  'It holds pictures, in which there is no gap as between lines and letters: not read.':
    'Contiene imágenes, sin huecos como los que hay entre líneas y letras: no se leyeron.',
  'The time for the page was over before all of it was looked at again.':
    'El tiempo de la página se acabó antes de volver a mirarla entera.',
  'Its words look {0}.': 'Sus palabras parecen de este idioma: {0}.',
  'Its words look {0}, but it reads better in {1}.':
    'Sus palabras parecen de este idioma: {0}; pero se lee mejor en {1}.',
  'Its letters look {0}, and no language of that script is installed.':
    'Sus letras parecen de esta escritura: {0}; y no hay ningún idioma suyo instalado.',
  'Its letters look {0}.': 'Sus letras parecen de esta escritura: {0}.',
  '"auto" finds the languages: name none beside it.':
    '«auto» busca los idiomas: no nombres ninguno junto a él.',
  'Its lines slope by {0}°.': 'Sus líneas están inclinadas {0}°.',
  'It has too few letters to measure: read at {0} of its size.':
    'Tiene muy pocas letras para medirlas: se leyó al {0} de su tamaño.',
  'Its small letters are {0} pixels high: read at {1} of its size.':
    'Sus letras pequeñas miden {0} píxeles de alto: se leyó al {1} de su tamaño.',
  'One threshold would take {0} of the paper for ink; the darker paper has {1} of the light of its brighter.':
    'Un solo umbral tomaría el {0} del papel por tinta; el papel más oscuro tiene el {1} de la luz del más claro.',
};
