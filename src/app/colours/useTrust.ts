import { useEffect, useState } from "react";
import { useWorkbench } from "../context";
import { type TrustLookup, trustOf } from "./trust";

/** How far to trust each item's place on the map as it stands; undefined while it moves or where it was not measured. */
export function useTrust(): TrustLookup | undefined {
  const workbench = useWorkbench();
  const [trust, setTrust] = useState<TrustLookup>();
  useEffect(() => workbench.onFrame((frame) => setTrust(trustOf(frame))), [workbench]);
  return trust;
}
