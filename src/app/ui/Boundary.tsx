import { Component, type ReactNode } from "react";
import styles from "./Boundary.module.css";
import controls from "./controls.module.css";

interface BoundaryProps {
  /** What is missing when it fails: "map", "comparison". */
  readonly what: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error?: Error;
}

/** Keeps a fault in one panel from taking the page down: says what happened and draws the panel anew on request. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={styles.fault} role="alert">
        <p>
          The {this.props.what} failed: {error.message}
        </p>
        <button
          type="button"
          className={`${controls.button} ${controls.outlined}`}
          onClick={() => this.setState({ error: undefined })}
        >
          Draw it again
        </button>
      </div>
    );
  }
}
