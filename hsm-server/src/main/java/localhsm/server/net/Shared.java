package localhsm.server.net;

import localhsm.server.http.ActivityIds;
import localhsm.server.http.HttpService;

/** What all connections of a server have in common. */
record Shared(
    HttpService service, ActivityIds activities, Limits limits, Tls tls, MemoryBudget memory) {}
