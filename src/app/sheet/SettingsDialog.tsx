import { EncoderSelects, ProjectionControls, SpaceToggle } from "../header/Choices";
import { DeviceSelect, ParityNote } from "../status/facts";
import { MapTrust } from "../status/MapTrust";
import { Dialog } from "../ui/Dialog";
import styles from "./SettingsDialog.module.css";

/** On a small screen, what the wide one has in its header and status bar. */
export default function SettingsDialog() {
  return (
    <Dialog title="Encoders, space and projection">
      <div className={styles.stack}>
        <EncoderSelects wide />
        <div className={styles.row}>
          <span>Space</span>
          <SpaceToggle />
        </div>
        <ProjectionControls wide />
        <div className={styles.row}>
          <span>Device</span>
          <DeviceSelect />
        </div>
        <ParityNote />
        <MapTrust />
      </div>
    </Dialog>
  );
}
