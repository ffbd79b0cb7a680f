package dev.waybill.platform.formats;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Types that are known to be written as bytes that are no text. Whatever else a file is called may be text: names such
 * as {@code model/stl}, {@code application/EDI-X12} or {@code audio/x-scpls} are registered for texts, and nobody lists
 * them all.
 */
final class BinaryTypes {

    private static final Set<String> TYPES = Stream.concat(Signatures.types(), TypeNames.types())
            .filter(type -> !TextTypes.isText(type))
            .collect(Collectors.toUnmodifiableSet());

    private BinaryTypes() {}

    /** Of a type as {@link MediaTypes#canonical} gives it. */
    static boolean has(String type) {
        return TYPES.contains(type) || Containers.isZip(type) || Containers.isOle2(type);
    }
}
