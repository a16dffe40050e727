package localhsm.server.net;

/** Tells a connection that the server stops. */
enum Stop {
  NOW
}
