package dev.waybill.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves a host to its addresses; a test's may lie. */
@FunctionalInterface
interface HostLookup {

    HostLookup SYSTEM = InetAddress::getAllByName;

    InetAddress[] addresses(String host) throws UnknownHostException;
}
