export * from './facts';
export * from './decision';
