import { Tooltip } from "radix-ui";
import { lazy, Suspense } from "react";
import styles from "./App.module.css";
import { useShortcuts } from "./commands/useShortcuts";
import { ComparePanel } from "./compare/ComparePanel";
import { AppContext, type AppModel, useView } from "./context";
import { Header } from "./header/Header";
import { InputPanel } from "./input/InputPanel";
import { WindowDrop } from "./input/WindowDrop";
import { InsideContent, InsideDock } from "./inside/InsideDock";
import { ItemsPanel } from "./items/ItemsPanel";
import { MapPanel } from "./map/MapPanel";
import { NeighboursPanel } from "./neighbours/NeighboursPanel";
import { SheetTabs } from "./sheet/SheetTabs";
import { StatusBar } from "./status/StatusBar";
import { Boundary } from "./ui/Boundary";
import { sheetQuery, useMedia } from "./ui/useMedia";

const Palette = lazy(() => import("./palette/Palette"));
const HelpDialog = lazy(() => import("./help/HelpDialog"));
const ModelsDialog = lazy(() => import("./models/ModelsDialog"));
const SettingsDialog = lazy(() => import("./sheet/SettingsDialog"));

/** The page: one screen, the map in its middle. */
export function App({ model }: { readonly model: AppModel }) {
  return (
    <AppContext value={model}>
      <Tooltip.Provider>
        <Screen />
        <WindowDrop />
        <Dialogs />
      </Tooltip.Provider>
    </AppContext>
  );
}

/** Three columns where there is room for them; else the side panels are tabs of a sheet below or beside the map. */
function Screen() {
  useShortcuts();
  const sheet = useMedia(sheetQuery);
  const items = (
    <Boundary what="list of items">
      <ItemsPanel />
    </Boundary>
  );
  const neighbours = (
    <Boundary what="neighbours">
      <NeighboursPanel />
    </Boundary>
  );
  const compare = (
    <Boundary what="comparison">
      <ComparePanel />
    </Boundary>
  );
  return (
    <div className={styles.app}>
      <Header />
      <main className={styles.main}>
        <Boundary what="map">
          <MapPanel />
        </Boundary>
        {sheet ? (
          <>
            <InputPanel />
            <SheetTabs panels={{ items, neighbours, compare, inside: <InsideContent /> }} />
          </>
        ) : (
          <>
            <div className={styles.left}>
              <InputPanel />
              {items}
            </div>
            <InsideDock />
            <div className={styles.right}>
              {neighbours}
              {compare}
            </div>
          </>
        )}
      </main>
      <StatusBar />
    </div>
  );
}

function Dialogs() {
  const dialog = useView((state) => state.dialog);
  return (
    <Boundary key={dialog} what="dialog">
      <Suspense>
        {dialog === "palette" && <Palette />}
        {dialog === "help" && <HelpDialog />}
        {dialog === "models" && <ModelsDialog />}
        {dialog === "settings" && <SettingsDialog />}
      </Suspense>
    </Boundary>
  );
}
