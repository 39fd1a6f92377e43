/** Puts the client on the page. */

import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/masthead.css';
import './styles/forms.css';
import './styles/loading.css';
import './styles/stages.css';
import './styles/tables.css';
import './styles/result.css';
import './styles/plans.css';
import './styles/drawings.css';
import './styles/areas.css';
import './styles/locked.css';
import './styles/report.css';
import './styles/bars.css';
import './styles/print.css';
import './styles/recorder.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { registerWorker } from './worker/register';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
if (import.meta.env.PROD) registerWorker();
