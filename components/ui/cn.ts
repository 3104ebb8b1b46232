/** Class names, later ones winning over earlier ones of the same kind. */
export { twMerge as cn } from 'tailwind-merge';
