const channel = typeof MessageChannel === "undefined" ? undefined : new MessageChannel();
const waiting: (() => void)[] = [];
if (channel) channel.port1.onmessage = () => waiting.shift()?.();

/**
 * Resolves in a new task, so that events that arrived meanwhile (a click, a message that cancels) are handled first.
 * Not by a timer: browsers make nested timers wait 4 ms, and those of hidden pages a second.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (!channel) return void setTimeout(resolve);
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}
