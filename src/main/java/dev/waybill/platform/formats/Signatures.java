package dev.waybill.platform.formats;

import dev.waybill.platform.charsets.TextBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the line of the {@link SignatureTable} that bytes agree with; of several, the longest. */
final class Signatures {

    private static final int ANY = -1;
    private static final Signature[][] BY_FIRST = new Signature[256][];
    private static final Signature[] FURTHER_IN;
    private static final List<Set<String>> SAME;

    static {
        List<Signature> all = Stream.of(SignatureTable.PICTURES, SignatureTable.MEDIA, SignatureTable.OTHERS)
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .map(Signatures::read)
                .sorted(Comparator.comparingInt((Signature signature) -> -signature.bytes().length))
                .toList();
        for (int first = 0; first < BY_FIRST.length; first++) {
            int byteAtStart = first;
            BY_FIRST[first] = all.stream()
                    .filter(signature -> signature.offset() == 0 && signature.bytes()[0] == byteAtStart)
                    .toArray(Signature[]::new);
        }
        FURTHER_IN = all.stream().filter(signature -> signature.offset() > 0).toArray(Signature[]::new);
        SAME = all.stream()
                .map(Signature::format)
                .filter(format -> !format.choices().isEmpty())
                .map(Signatures::names)
                .distinct()
                .toList();
    }

    private Signatures() {}

    /**
     * Bytes at an offset.
     *
     * @param isTextual whether a text may begin like that, in an old charset if need be
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Signature(int offset, int[] bytes, Format format, boolean isTextual) {

        boolean matches(byte[] head, int length) {
            if (offset + bytes.length > length) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] != ANY && bytes[i] != (head[offset + i] & 0xff)) {
                    return false;
                }
            }
            return true;
        }
    }

    static @Nullable Signature find(byte[] head, int length) {
        if (length == 0) {
            return null;
        }
        for (Signature signature : BY_FIRST[head[0] & 0xff]) {
            if (signature.matches(head, length)) {
                return signature;
            }
        }
        for (Signature signature : FURTHER_IN) {
            if (signature.matches(head, length)) {
                return signature;
            }
        }
        return null;
    }

    /** Whether the same bytes may be called either. */
    static boolean isSame(String type, String other) {
        return SAME.stream().anyMatch(names -> names.contains(type) && names.contains(other));
    }

    /** All that bytes at an offset show. */
    static Stream<String> types() {
        return Stream.concat(Stream.of(BY_FIRST).flatMap(Stream::of), Stream.of(FURTHER_IN))
                .flatMap(signature -> names(signature.format()).stream());
    }

    /** What a file of that type is called in a sentence; null when no line of the table has that type. */
    static @Nullable String phrase(String type) {
        return Stream.concat(Stream.of(BY_FIRST).flatMap(Stream::of), Stream.of(FURTHER_IN))
                .map(Signature::format)
                .filter(format -> format.mediaType().equals(type))
                .findFirst()
                .map(Format::phrase)
                .orElse(null);
    }

    private static Set<String> names(Format format) {
        Set<String> names = new HashSet<>(format.choices());
        names.add(format.mediaType());
        return Set.copyOf(names);
    }

    private static Signature read(String line) {
        String[] columns = line.split(" \\| ?");
        String[] choices = columns.length < 6 || columns[5].isBlank() ? new String[0] : columns[5].split(" ");
        int[] bytes = bytes(columns[1]);
        boolean isTextual = true;
        for (int each : bytes) {
            isTextual &= each == ANY || !TextBytes.isControl(each);
        }
        Format format = Format.of(columns[2], columns[3], columns[4], choices);
        return new Signature(Integer.parseInt(columns[0]), bytes, format, isTextual);
    }

    private static int[] bytes(String written) {
        List<Integer> bytes = new ArrayList<>();
        for (int at = 0; at < written.length(); ) {
            if (written.charAt(at) == '\'') {
                int end = written.indexOf('\'', at + 1);
                for (byte each : written.substring(at + 1, end).getBytes(StandardCharsets.US_ASCII)) {
                    bytes.add((int) each);
                }
                at = end + 1;
            } else if (written.charAt(at) == ' ') {
                at++;
            } else {
                String pair = written.substring(at, at + 2);
                bytes.add(pair.equals("..") ? ANY : HexFormat.fromHexDigits(pair));
                at += 2;
            }
        }
        return bytes.stream().mapToInt(Integer::intValue).toArray();
    }
}
