/** Pages of a list, as the design system's pagination takes them; undefined where there is one page. */
export function pagination(path: string, page: number, total: number, pageLength: number) {
  const pages = Math.max(1, Math.ceil(total / pageLength));
  if (pages === 1) return undefined;
  const separator = path.includes('?') ? '&' : '?';
  const hrefOf = (number: number) => `${path}${separator}page=${number}`;
  return {
    ...(page > 1 ? { previous: { href: hrefOf(page - 1) } } : {}),
    ...(page < pages ? { next: { href: hrefOf(page + 1) } } : {}),
    items: shownPages(page, pages)
      .map((number, index, all) =>
        number - (all[index - 1] ?? 0) > 1
          ? [{ ellipsis: true }, itemOf(number)]
          : [itemOf(number)],
      )
      .flat(),
  };

  function itemOf(number: number) {
    return { number, href: hrefOf(number), current: number === page };
  }
}

/** The first, the last, and those beside the current one. */
function shownPages(page: number, pages: number): number[] {
  const wanted = [1, page - 1, page, page + 1, pages];
  return [...new Set(wanted.filter((number) => number >= 1 && number <= pages))];
}
