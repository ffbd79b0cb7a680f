package dev.waybill.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::808:808",
                "100::1",
                "2001::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::",
                "2a00:1450::5efe:7f00:1",
                "2a00:1450::200:5efe:7f00:1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsRefused(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
        assertThat(guard().permits("host", InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:81b::200e",
                "64:ff9b::808:808",
                "::ffff:8.8.8.8"
            })
    void theInternetIsPublic(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void whatTheOperatorAllowsMayBeReached() throws UnknownHostException {
        AddressGuard guard = guard("10.1.0.0/16", "127.0.0.1", "fd00:1::/32", "Files.Internal", "*.lab.example");
        InetAddress lan = InetAddress.getByName("192.168.1.1");

        assertThat(guard.permits("x", InetAddress.getByName("10.1.255.3"))).isTrue();
        assertThat(guard.permits("x", InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(guard.permits("x", InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(guard.permits("x", InetAddress.getByName("127.0.0.2"))).isFalse();
        assertThat(guard.permits("x", InetAddress.getByName("fd00:1::5"))).isTrue();
        assertThat(guard.permits("files.internal", lan)).isTrue();
        assertThat(guard.permits("a.lab.example", lan)).isTrue();
        assertThat(guard.permits("lab.example", lan)).isFalse();
        assertThat(guard.permits("evillab.example", lan)).isFalse();
    }

    private static AddressGuard guard(String... allow) {
        return new AddressGuard(Fetching.properties(List.of(allow)));
    }
}
