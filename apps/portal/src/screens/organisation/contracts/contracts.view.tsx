import type { Problem } from '#lib/kernel';
import { CONTRACT_KINDS, type ContractLine } from '#lib/organisation';
import { SubjectFields, subjectInWords } from '../../../layout/contracts/subject';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { FormProblem } from '../../../layout/form-problem';
import { day, lastDay } from '../../../layout/format';
import { Button, Buttons, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Details, Facts, List, Section, Text } from '../../../layout/parts';
import { CONTRACT_KIND_NAME } from '../../../layout/words';

interface Props {
  contracts: readonly ContractLine[];
  endingSoon: ReadonlySet<string>;
  units: readonly Option[];
  products: readonly Option[];
  once: string;
  body: FormBody;
  problem?: Problem;
}

export const ContractsView = ({ contracts, endingSoon, units, products, once, body, problem }: Props) => {
  const open = contracts.filter(({ subject }) => subject === null);
  return (
    <>
      <h1 className="kern-heading-large">Vertragsregister</h1>
      <FormProblem problem={problem} />
      <Text>
        Hier stehen die Verträge, die noch gelten. Ein Vertrag trägt nur die Daten, die er nennt; ein Vertrag zur
        Auftragsverarbeitung bei Daten über Personen nur, wenn er bis zur Löschung gilt.
      </Text>
      {open.length > 0 && (
        <Alert tone="warning" title="Bei diesen Verträgen fehlt der Gegenstand">
          <Text>Bis Sie ihn nachtragen, tragen sie nur offene Daten. Vereinbarungen, die darauf beruhen, ruhen.</Text>
        </Alert>
      )}
      {endingSoon.size > 0 && (
        <Alert tone="warning" title="Diese Verträge enden bald">
          <Text>
            Was darauf beruht, ruht vom Tag danach an. Tragen Sie den nächsten Vertrag ein, sobald es ihn gibt.
          </Text>
          <List
            items={contracts
              .filter(({ id }) => endingSoon.has(id))
              .map(
                ({ kind, unitAName, unitBName, validTo }) =>
                  `${CONTRACT_KIND_NAME[kind]}, ${unitAName} und ${unitBName}: letzter Tag ${lastDay(validTo)}`,
              )}
          />
        </Alert>
      )}
      {contracts.length === 0 && <Text>Es gilt kein Vertrag.</Text>}
      {contracts.map((contract) => (
        <Contract contract={contract} products={products} once={once} body={body} key={contract.id} />
      ))}
      <Section title="Vertrag eintragen">
        <PostForm action="/contracts" faults={problem?.errors}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          <SelectField
            name="unitA"
            label="Eine Stelle"
            value={one(body, 'unitA')}
            empty="Bitte wählen"
            options={units}
          />
          <SelectField
            name="unitB"
            label="Die andere Stelle"
            value={one(body, 'unitB')}
            empty="Bitte wählen"
            options={units}
          />
          <SelectField
            name="kind"
            label="Art des Vertrags"
            value={one(body, 'kind')}
            empty="Bitte wählen"
            options={CONTRACT_KINDS.map((value) => ({ value, text: CONTRACT_KIND_NAME[value] }))}
          />
          <TextField
            name="reference"
            label="Fundstelle"
            hint="Aktenzeichen oder Ablageort des Vertrags"
            value={one(body, 'reference')}
          />
          <SubjectFields body={body} products={products} />
          <TextField name="validFrom" label="Gültig ab" type="date" value={one(body, 'validFrom')} />
          <TextField name="validTo" label="Letzter Tag" type="date" value={one(body, 'validTo')} />
          <Buttons>
            <Button>Vertrag eintragen</Button>
          </Buttons>
        </PostForm>
      </Section>
    </>
  );
};

const Contract = ({
  contract,
  products,
  once,
  body,
}: { contract: ContractLine } & Pick<Props, 'products' | 'once' | 'body'>) => (
  <Section title={`${CONTRACT_KIND_NAME[contract.kind]}: ${contract.unitAName} und ${contract.unitBName}`}>
    <Facts
      items={[
        ['Gegenstand', subjectInWords(contract.subject, products)],
        ['Fundstelle', contract.reference],
        ['Gültig', `${day(contract.validFrom)} bis ${lastDay(contract.validTo)}`],
      ]}
    />
    {contract.subject === null && (
      <Details summary="Gegenstand nachtragen" open>
        <PostForm action={`/contracts/${contract.id}/subject`}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          <SubjectFields body={body} products={products} />
          <Buttons>
            <Button>Gegenstand nachtragen</Button>
          </Buttons>
        </PostForm>
      </Details>
    )}
    <Details summary="Vertrag beenden">
      <PostForm action={`/contracts/${contract.id}/end`}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Text>Lieferungen, die auf diesem Vertrag beruhen, enden sofort.</Text>
        <Buttons>
          <Button kind="secondary">Vertrag jetzt beenden</Button>
        </Buttons>
      </PostForm>
    </Details>
  </Section>
);
