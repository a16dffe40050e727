import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Opens many TLS connections to a server on this machine, holds them without a request, and prints
 * what each costs the server in resident memory. Run by idle-connections.sh.
 */
public final class IdleConnections {
  private static final int THREADS = 8;
  private static final int PER_ADDRESS = 10_000;

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    long pid = Long.parseLong(args[1]);
    int count = Integer.parseInt(args[2]);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new TrustAll()}, null);
    Queue<Socket> held = new ConcurrentLinkedQueue<>();
    open(tls, port, 0, 50, held); // so that what every first connection loads is not counted
    long before = residentKiB(pid);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int t = 0; t < THREADS; t++) {
      int first = count * t / THREADS;
      int end = count * (t + 1) / THREADS;
      threads.submit(() -> open(tls, port, first, end, held));
    }
    threads.shutdown();
    if (!threads.awaitTermination(5, TimeUnit.MINUTES) || held.size() != count + 50) {
      System.err.println("only " + held.size() + " connections were made");
      System.exit(1);
    }
    long after = residentKiB(pid);
    long broken = held.stream().filter(socket -> !alive(socket)).count();
    System.out.printf(
        "%d idle connections: server %d MiB before, %d MiB with them, %.1f KiB each, %d closed%n",
        count, before / 1024, after / 1024, (after - before) / (double) count, broken);
    System.exit(broken == 0 ? 0 : 1);
  }

  private static Void open(SSLContext tls, int port, int first, int end, Queue<Socket> held)
      throws IOException {
    for (int i = first; i < end; i++) {
      Socket plain = new Socket();
      // One source address has too few ports for many connections.
      plain.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (2 + i / PER_ADDRESS)), 0));
      plain.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
      SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
      socket.setSoTimeout(60_000);
      socket.startHandshake();
      held.add(socket);
    }
    return null;
  }

  /** A connection that the server has closed has an end to read. */
  private static boolean alive(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static long residentKiB(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS");
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
