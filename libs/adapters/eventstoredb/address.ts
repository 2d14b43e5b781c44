/** Who this process is to the server, where the connection string does not say it. */
export interface LogCredentials {
  readonly username: string;
  readonly password: string;
}

/** Paths of PEM files, where the machine's own certificate authorities do not suffice. */
export interface LogTls {
  /** The authority that signed the server's certificate. */
  readonly caFile?: string;
  /** A certificate and key of this client's own: both or neither. */
  readonly certFile?: string;
  readonly keyFile?: string;
}

export interface LogAddress {
  /** `esdb://host:2113` or `esdb+discover://host:2113`; `kurrentdb` in place of `esdb` is the same. */
  readonly connectionString: string;
  readonly credentials?: LogCredentials;
  readonly tls?: LogTls;
}

/**
 * The connection string with credentials and certificates in it, as the client takes it.
 *
 * @throws Error saying what is wrong with it, never what it holds
 */
export function connectionStringOf({ connectionString, credentials, tls }: LogAddress): string {
  const parts =
    /^(?:esdb|kurrentdb|kurrent)(\+discover)?:\/\/(?:[^@/]*@)?([^@/?]+)\/?(\?.*)?$/.exec(
      connectionString.trim(),
    );
  if (!parts) {
    throw new Error(
      'the address of the event log is no connection string such as esdb://localhost:2113',
    );
  }
  const [, discover = '', hosts = '', query = ''] = parts;
  const login = credentials ? loginOf(credentials) : loginIn(connectionString);
  const settings = new URLSearchParams(query);
  // The answer that does not throw names the wrong revision.
  settings.delete('throwOnAppendFailure');
  for (const [setting, file] of Object.entries(filesOf(tls))) settings.set(setting, file);
  const rest = [...settings]
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
  return `esdb${discover}://${login}${hosts}${rest === '' ? '' : `?${rest}`}`;
}

/** Where the server is, for messages: without credentials. */
export function hostsOf(connectionString: string): string {
  return connectionString.replace(/^[^:]*:\/\/(?:[^@/]*@)?/, '').replace(/[/?].*$/, '');
}

function loginOf({ username, password }: LogCredentials): string {
  return `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
}

function loginIn(connectionString: string): string {
  return /:\/\/([^@/]*@)/.exec(connectionString)?.[1] ?? '';
}

function filesOf({ caFile, certFile, keyFile }: LogTls = {}): Record<string, string> {
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new Error('a certificate for the event log comes with its key: give both files');
  }
  return {
    ...(caFile === undefined ? {} : { tlsCAFile: caFile }),
    ...(certFile === undefined ? {} : { userCertFile: certFile }),
    ...(keyFile === undefined ? {} : { userKeyFile: keyFile }),
  };
}
