import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Whoever shows a certificate that the machine trusts is believed, beside those on Node's own list: the gateway of a bureau may
 * look into what goes out, and show a certificate of its own. For all that is called over TLS from now on.
 */
export function trustAsTheMachineDoes(): void {
  const [known, machines] = [getCACertificates('default'), getCACertificates('system')];
  // The same ones stand in both, and in the machine's folder twice.
  setDefaultCACertificates([...new Set([...known, ...machines])]);
}
