package dev.leadline.provider;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses may be asked because a stranger named them: only those anybody on the internet could reach as well. */
public final class PublicAddress {

  private PublicAddress() {}

  public static boolean is(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> isPublic(v4.getAddress());
      case Inet6Address v6 -> isPublic6(v6);
      default -> false;
    };
  }

  /** After the IANA special-purpose registry for IPv4. */
  private static boolean isPublic(byte[] b) {
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    int third = b[2] & 0xff;
    return !(first == 0
        || first == 10
        || first == 127
        || first >= 224
        || first == 100 && second >= 64 && second < 128
        || first == 169 && second == 254
        || first == 172 && second >= 16 && second < 32
        || first == 192 && second == 168
        || first == 192 && second == 0 && (third == 0 || third == 2)
        || first == 192 && second == 88 && third == 99
        || first == 198 && (second == 18 || second == 19)
        || first == 198 && second == 51 && third == 100
        || first == 203 && second == 0 && third == 113);
  }

  /** Global unicast only (2000::/3), and what wraps an IPv4 address is judged by that one. */
  private static boolean isPublic6(Inet6Address address) {
    byte[] b = address.getAddress();
    if (startsWith(b, 0x00, 0x64, 0xff, 0x9b)) return isPublic(Arrays.copyOfRange(b, 12, 16));
    if (isMapped(b)) return isPublic(Arrays.copyOfRange(b, 12, 16));
    if ((b[0] & 0xe0) != 0x20) return false;
    if (startsWith(b, 0x20, 0x02)) return isPublic(Arrays.copyOfRange(b, 2, 6));
    return !startsWith(b, 0x20, 0x01, 0x0d, 0xb8) // documentation
        && !(startsWith(b, 0x20, 0x01) && (b[2] & 0xfe) == 0) // 2001::/23, Teredo among them
        && !(startsWith(b, 0x3f, 0xff) && (b[2] & 0xf0) == 0); // documentation
  }

  private static boolean isMapped(byte[] b) {
    for (int i = 0; i < 10; i++) if (b[i] != 0) return false;
    return (b[10] & 0xff) == 0xff && (b[11] & 0xff) == 0xff;
  }

  private static boolean startsWith(byte[] b, int... prefix) {
    for (int i = 0; i < prefix.length; i++) if ((b[i] & 0xff) != prefix[i]) return false;
    return true;
  }

  /** All addresses of a host, or an exception when a single one of them may not be asked. */
  public static InetAddress[] of(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    if (!Arrays.stream(all).allMatch(PublicAddress::is)) throw new NotPublic();
    return all;
  }

  /** The host has an address that is not public. */
  public static final class NotPublic extends UnknownHostException {}
}
