import ts from 'typescript';
import type { Source } from './sources.ts';

/** Patterns of the keys of catalogues that a file uses; what a template leaves open matches anything. */
export function usedKeys(source: Source): RegExp[] {
  const root = parse(source);
  const namespaces = translatorsIn(root);
  const used: RegExp[] = [];
  visit(root, (node) => {
    if (!ts.isCallExpression(node)) return;
    const name = calledName(node.expression);
    const spaces = name === undefined ? undefined : namespaces.get(name);
    const [key] = node.arguments;
    if (!spaces || !key) return;
    for (const space of spaces) for (const part of patternsOf(key)) used.push(toKey(space, part));
  });
  return used;
}

/** Attributes that people read or hear. */
const SPOKEN =
  /^(aria-label|aria-valuetext|aria-roledescription|label|title|placeholder|alt|hint)$/;

/** Words between tags, in attributes that are read, and in toasts, each with its file and line. */
export function literalsIn(source: Source): string[] {
  const root = parse(source);
  const found: string[] = [];
  const report = (node: ts.Node, text: string) => {
    if (!/\p{L}{2}/u.test(text) || text.trim() === 'Fanfold') return;
    const { line } = root.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${source.file}:${line + 1}: ${text.trim()}`);
  };
  const inside = (node: ts.Node | undefined) => {
    for (const literal of shownLiterals(node)) report(literal, literal.text);
  };
  visit(root, (node) => {
    if (ts.isJsxText(node)) report(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) inside(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText())) {
      const { initializer } = node;
      inside(initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer);
    }
    if (ts.isCallExpression(node) && /^toast$/.test(node.expression.getText())) {
      inside(node.arguments[0]);
    }
  });
  return found;
}

function parse({ file, text }: Source): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** Variables that translate, with the parts of the catalogue that they may stand for. */
function translatorsIn(root: ts.SourceFile): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  visit(root, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer) return;
    const space = /^(?:await )?(?:useTranslations|requestTranslator)\((?:'([^']*)')?\)$/.exec(
      node.initializer.getText(),
    );
    if (!space) return;
    const name = node.name.getText();
    found.set(name, (found.get(name) ?? new Set()).add(space[1] ?? ''));
  });
  return found.set('(await requestTranslator())', new Set(['']));
}

/** `t` of `t(…)` and of `t.rich(…)`. */
function calledName(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) {
    return /^(rich|markup|raw|has)$/.test(callee.name.text)
      ? callee.expression.getText()
      : undefined;
  }
  return callee.getText();
}

const ANYTHING = '[^.]+';

function patternsOf(key: ts.Expression): string[] {
  if (ts.isStringLiteralLike(key)) return [escaped(key.text)];
  if (ts.isAsExpression(key)) return patternsOf(key.expression);
  if (ts.isConditionalExpression(key)) {
    return [...patternsOf(key.whenTrue), ...patternsOf(key.whenFalse)];
  }
  if (!ts.isTemplateExpression(key)) return [ANYTHING];
  const spans = key.templateSpans.map(({ literal }) => ANYTHING + escaped(literal.text));
  return [escaped(key.head.text) + spans.join('')];
}

function toKey(space: string, part: string): RegExp {
  return new RegExp(`^${space ? `${escaped(space)}\\.` : ''}${part}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const COMPARISON = /^[=!<>]/;

/** The strings that an expression may come to. */
function shownLiterals(node: ts.Node | undefined): ts.LiteralLikeNode[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)];
  }
  if (ts.isConditionalExpression(node)) {
    return [...shownLiterals(node.whenTrue), ...shownLiterals(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node) && !COMPARISON.test(node.operatorToken.getText())) {
    return [...shownLiterals(node.left), ...shownLiterals(node.right)];
  }
  return ts.isParenthesizedExpression(node) ? shownLiterals(node.expression) : [];
}
