export { InitKernel1763701000000 } from './1763701000000-init-kernel';
