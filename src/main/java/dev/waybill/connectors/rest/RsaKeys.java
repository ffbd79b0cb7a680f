package dev.waybill.connectors.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads RSA private keys as providers issue them: PKCS #8 in PEM, in the clear or under a passphrase (PBES2 with AES or
 * triple DES, which the JDK does not read by itself), and PKCS #1.
 */
public final class RsaKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final String PBES2 = "2a864886f70d01050d";
    private static final String PBKDF2 = "2a864886f70d01050c";
    private static final String DEFAULT_PRF = "2a864886f70d0207";

    private static final Map<String, String> PRFS = Map.of(
            DEFAULT_PRF,
            "PBKDF2WithHmacSHA1",
            "2a864886f70d0208",
            "PBKDF2WithHmacSHA224",
            "2a864886f70d0209",
            "PBKDF2WithHmacSHA256",
            "2a864886f70d020a",
            "PBKDF2WithHmacSHA384",
            "2a864886f70d020b",
            "PBKDF2WithHmacSHA512");

    private static final Map<String, Encryption> CIPHERS = Map.of(
            "2a864886f70d0307", new Encryption("DESede/CBC/PKCS5Padding", "DESede", 24),
            "60864801650304012a", new Encryption("AES/CBC/PKCS5Padding", "AES", 32),
            "608648016503040116", new Encryption("AES/CBC/PKCS5Padding", "AES", 24),
            "608648016503040102", new Encryption("AES/CBC/PKCS5Padding", "AES", 16));

    /** The PKCS #8 header of an RSA key: the version and the algorithm. */
    private static final byte[] RSA_HEADER = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int MAX_ITERATIONS = 10_000_000;

    private RsaKeys() {}

    private record Encryption(String transformation, String algorithm, int keyBytes) {}

    /**
     * Reads a key.
     *
     * @param pem line ends may be escaped as {@code \n}
     * @param passphrase null for none
     * @throws GeneralSecurityException with a message for the key's owner, without anything of the key
     */
    public static PrivateKey read(String pem, @Nullable String passphrase) throws GeneralSecurityException {
        Matcher found = PEM.matcher(pem.replace("\\r", "").replace("\\n", "\n"));
        if (!found.find()) {
            throw new GeneralSecurityException(
                    "It should be an RSA private key in PEM, from -----BEGIN PRIVATE KEY----- on;"
                            + " `openssl pkcs8 -topk8` makes one of other forms");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(found.group(2));
        } catch (IllegalArgumentException broken) {
            throw new GeneralSecurityException("The key's PEM is broken; paste all of it", broken);
        }
        byte[] pkcs8 = switch (found.group(1)) {
            case "RSA PRIVATE KEY" -> tagged(0x30, joined(RSA_HEADER, tagged(0x04, der)));
            case "ENCRYPTED PRIVATE KEY" -> decrypted(der, passphrase);
            default -> der;
        };
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException other) {
            throw new GeneralSecurityException("It should be an RSA private key", other);
        }
    }

    private static byte[] decrypted(byte[] der, @Nullable String passphrase) throws GeneralSecurityException {
        if (passphrase == null) {
            throw new GeneralSecurityException("The key is encrypted; give its passphrase too");
        }
        try {
            Node all = Node.read(ByteBuffer.wrap(der));
            Node scheme = all.child(0);
            if (!scheme.child(0).hex().equals(PBES2)) {
                throw new GeneralSecurityException(otherwise());
            }
            Node parameters = scheme.child(1);
            return opened(parameters.child(0), parameters.child(1), all.child(1).bytes(), passphrase);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException broken) {
            throw new GeneralSecurityException("The key's PEM is broken; paste all of it", broken);
        }
    }

    private static byte[] opened(Node derivation, Node cipher, byte[] sealed, String passphrase)
            throws GeneralSecurityException {
        List<Node> parameters = derivation.child(1).children();
        Node last = parameters.getLast();
        String prf = PRFS.get(last.tag() == 0x30 ? last.child(0).hex() : DEFAULT_PRF);
        Encryption encryption = CIPHERS.get(cipher.child(0).hex());
        int iterations = new BigInteger(parameters.get(1).bytes()).intValue();
        if (!derivation.child(0).hex().equals(PBKDF2)
                || prf == null
                || encryption == null
                || iterations < 1
                || iterations > MAX_ITERATIONS) {
            throw new GeneralSecurityException(otherwise());
        }
        try {
            PBEKeySpec derived = new PBEKeySpec(
                    passphrase.toCharArray(), parameters.get(0).bytes(), iterations, encryption.keyBytes() * 8);
            byte[] bytes =
                    SecretKeyFactory.getInstance(prf).generateSecret(derived).getEncoded();
            SecretKey key = new SecretKeySpec(bytes, encryption.algorithm());
            Cipher opening = Cipher.getInstance(encryption.transformation());
            opening.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new IvParameterSpec(cipher.child(1).bytes()));
            return opening.doFinal(sealed);
        } catch (GeneralSecurityException wrong) {
            throw new GeneralSecurityException("The passphrase does not open the key", wrong);
        }
    }

    private static String otherwise() {
        return "The key is encrypted in a way that is not taken; make one by `openssl pkcs8 -topk8 -v2 aes256`";
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 128
                ? new byte[] {(byte) tag, (byte) length}
                : length < 256
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        try {
            both.write(one);
            both.write(other);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes it all", impossible);
        }
        return both.toByteArray();
    }

    /** An element of DER. */
    private record Node(int tag, byte[] bytes) {

        static Node read(ByteBuffer from) {
            int tag = from.get() & 0xFF;
            int length = from.get() & 0xFF;
            if (length > 0x80) {
                int octets = length - 0x80;
                length = 0;
                for (int i = 0; i < octets; i++) {
                    length = length << 8 | from.get() & 0xFF;
                }
            }
            if (length < 0 || length > from.remaining()) {
                throw new IllegalArgumentException("a piece that is longer than all");
            }
            byte[] bytes = new byte[length];
            from.get(bytes);
            return new Node(tag, bytes);
        }

        List<Node> children() {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            List<Node> all = new ArrayList<>();
            while (rest.hasRemaining()) {
                all.add(read(rest));
            }
            return all;
        }

        Node child(int index) {
            return children().get(index);
        }

        String hex() {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public String toString() {
            return "Node[%x]".formatted(tag);
        }
    }
}
