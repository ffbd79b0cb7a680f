package dev.waybill.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A CIDR range of addresses.
 *
 * @param network 4 or 16 bytes
 * @param bits how many of them count
 */
record Cidr(InetAddress network, int bits) {

    private static final Pattern QUAD = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    Cidr {
        if (bits < 0 || bits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("'/%d' is too long for %s".formatted(bits, network.getHostAddress()));
        }
    }

    /** Reads {@code 10.0.0.0/8}, {@code fc00::/7} or a single address; empty when it is neither. */
    static Optional<Cidr> read(String text) {
        int slash = text.indexOf('/');
        return literal(slash < 0 ? text : text.substring(0, slash)).map(address -> {
            int all = address.getAddress().length * 8;
            return new Cidr(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
        });
    }

    static Cidr of(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("'%s' is no range".formatted(text)));
    }

    /** An address that is written as one: four decimal numbers, or with colons. Nothing is looked up. */
    static Optional<InetAddress> literal(String text) {
        if (!QUAD.matcher(text).matches() && !COLONS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
