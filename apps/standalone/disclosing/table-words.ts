import type { CellChange, Table } from '@common-thread/catalogue/disclosure-changes';
import { cellChangeInWords, changesBetween } from '@common-thread/catalogue/disclosure-changes';
import { meaningOfEvent } from '@common-thread/catalogue/event-words';
import { codec } from '@common-thread/domain/event-catalogue';

/**
 * What one version of the disclosure table would tell whom otherwise than another, line by line for whoever
 * decides about it; of the cells that are asked for.
 */
export function changesInWords(
  before: Table,
  after: Table,
  isAsked: (cell: CellChange) => boolean = () => true,
): string[] {
  const { added, cells, lines } = changesBetween(before, after);
  const asked = cells.filter(isAsked);
  if (asked.length + lines.length === 0) return ['Nobody would be told anything else.'];
  const types = [...new Set(asked.map(({ eventType }) => eventType))];
  return [
    ...lines.map(({ eventType, what }) => `\n${eventType}: ${what}.`),
    ...types.flatMap((type) => {
      const sealed = codec.personalFieldsOf(type).map(({ field }) => field);
      const isNew = added.includes(type) ? ' Nobody has been told of one yet.' : '';
      const ofType = asked.filter(({ eventType }) => eventType === type);
      return [
        `\n${type}: ${meaningOfEvent(type)}${isNew}`,
        ...ofType.map((cell) => `- ${cellChangeInWords(cell, sealed)}`),
      ];
    }),
  ];
}
