/**
 * Class names in one string; what is false is left out. Of two that set the same, the style sheet
 * decides: one that must win ends in `!`.
 */
export { twJoin as cn } from 'tailwind-merge';
