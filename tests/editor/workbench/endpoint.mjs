import http from "node:http";

/**
 * A model endpoint on a port of this machine, which speaks as OpenAI's does. `reply` is set to what it says to each
 * question: a text, or undefined for nothing at all until whoever asks leaves.
 */
export class Endpoint {
  /** What came in: `authorization`, and all that was said, as `prompt`. */
  asked = [];
  /** How many left without a reply. */
  left = 0;
  reply = () => undefined;
  #key;
  #server = http.createServer((request, response) => void this.#answer(request, response));

  /** Whoever does not bring `key` is turned away. */
  constructor(key) {
    this.#key = key;
  }

  async start() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.host = `127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request, response) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const { messages } = JSON.parse(Buffer.concat(pieces).toString());
    const { authorization } = request.headers;
    this.asked.push({ authorization, prompt: messages.map(({ content }) => content).join("\n") });
    const send = (status, body) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    if (authorization !== `Bearer ${this.#key}`) {
      // Real endpoints repeat what they were given.
      send(401, { error: { message: `Incorrect API key provided: ${authorization}` } });
      return;
    }
    response.once("close", () => (this.left += response.writableFinished ? 0 : 1));
    const content = this.reply(this.asked.at(-1));
    if (content !== undefined) {
      send(200, { model: "scripted", choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }] });
    }
  }
}
