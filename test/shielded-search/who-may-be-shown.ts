import type { Shielded } from './shielded-words.js';

/*
 * Where something shielded may be found, by the decisions of docs/adr/0094 and 0100: anywhere else it is a leak.
 * Written as data and apart from the product's own rules.
 */

interface Showing {
  readonly because: string;
  readonly shown: readonly Shielded[];
  /** Matches `<reader> GET <app> <path>` or `<reader> OPEN <purpose> `. */
  readonly where: RegExp;
}

const addresses = ['firstAddress', 'firstPostcode', 'newAddress', 'newPostcode'] as const;
const ofTheMatter = [...addresses, 'referrer', 'caller'] as const;
/** People who rate and decide: neither the officer, who sees no record, nor a system. */
const triage = /^hub-triage-\d( in a browser)? /.source;
const manager = /^hub-manager-\d( in a browser)? /.source;
const larkfield = /^larkfield-(worker-\d( in a browser)?|centres\.childrens-centre as \S+) /
  .source;
const ownPages = 'GET larkfield-centres.childrens-centre /(referrals|families)/';
const contactPage = 'GET fairholme-hub.safeguarding-hub /contacts/';
const inHand = 'OPEN (triage|referral-feedback) ';

export const showings: readonly Showing[] = [
  {
    because: 'a hub works on a matter in hand and must know where the family is, and who rang',
    shown: ofTheMatter,
    where: new RegExp(triage + contactPage),
  },
  {
    because: 'the same, of the vault itself, for the purposes of a matter in hand',
    shown: ofTheMatter,
    where: new RegExp(triage + inHand),
  },
  {
    because: 'a manager can ring back whoever asked to stay anonymous',
    shown: [...ofTheMatter, 'anonymousCaller'],
    where: new RegExp(`${manager}(${contactPage}|${inHand})`),
  },
  {
    because: 'whoever referred knows who that was',
    shown: ['referrer'],
    where: new RegExp(`${larkfield}(${ownPages}|OPEN )`),
  },
];
