-- wrk: one fixed signature request. URLPATH, BODY and TOKEN come from the environment.
wrk.method = "POST"
wrk.path = os.getenv("URLPATH")
wrk.body = os.getenv("BODY")
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")

function done(summary, latency, requests)
  local seconds = summary.duration / 1e6
  local refused = summary.errors.status
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("%.0f requests/s, p50 %.2f ms, p99 %.2f ms, refused %d, broken %d\n",
    summary.requests / seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000, refused, broken))
end
