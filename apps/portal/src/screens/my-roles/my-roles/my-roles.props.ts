import type { Problem } from '#lib/kernel';
import type { FormBody } from '../../../layout/form-body';
import type { MyRolesModel } from './my-roles.presenter';

export type MyRolesProps = MyRolesModel & { problem?: Problem | undefined; body: FormBody };
