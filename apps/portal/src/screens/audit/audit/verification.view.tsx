import { count, counted, visible } from '../../../layout/format';
import { Alert, Text, Facts, Link } from '../../../layout/parts';
import { Report } from './audit.view';

export const VerificationView = ({ year, report, api }: { year: number; report: Report; api: string }) => (
  <>
    <h1 className="kern-heading-large">Prüfung des Protokolls {year}</h1>
    {report.ok ? (
      <Alert
        tone="success"
        title={report.size ? `Lückenlos bis Nummer ${count(report.size - 1)}` : 'Das Protokoll ist leer und in Ordnung'}
        live
      >
        <Text>
          Alle {counted(report.checked, 'Eintrag', 'Einträge')} stimmen mit dem unterschriebenen Prüfpunkt überein.
        </Text>
      </Alert>
    ) : (
      <Alert
        tone="danger"
        title={
          report.fault?.index == null
            ? 'Die Prüfung ist fehlgeschlagen'
            : `Erste Abweichung bei Nummer ${count(report.fault.index)}`
        }
        live
      >
        <Text>Bitte melden Sie das sofort der Informationssicherheit und dem Revisionsamt.</Text>
        <Text>
          <code>
            {report.fault?.code}: {visible(report.fault?.detail ?? '')}
          </code>
        </Text>
      </Alert>
    )}
    <Facts
      items={[
        ['Name des Protokolls', <code key="o">{report.origin}</code>],
        ['Geprüfte Einträge', count(report.checked)],
        ['Größe laut Prüfpunkt', count(report.size)],
        ['Stammprüfsumme', <code key="r">{report.root}</code>],
      ]}
    />
    <Text>
      Dieses Portal prüft sich hier selbst. Unabhängig prüfen Sie mit dem Prüfprogramm und dem Prüfpunkt unter{' '}
      <Link href={`${api}/audit/${year}/checkpoint`}>{`${api}/audit/${year}/checkpoint`}</Link>.
    </Text>
    <div className="dr-buttons">
      <Link href="/audit">Zurück zum Protokoll</Link>
    </div>
  </>
);
