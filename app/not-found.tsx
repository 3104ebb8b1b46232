import { NotFoundScreen } from '#components/shell/not-found.tsx';

export default function NotFound() {
  return <NotFoundScreen />;
}
