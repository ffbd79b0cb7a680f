package dev.waybill.uploads.verification;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import dev.waybill.platform.formats.Formats;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Chooses the schema property for the bytes of an upload by their detected format: its own, or, where the client left
 * that to the service and the bytes do not fit it, another one that takes them. Only the bytes show that a file
 * declared as {@code video/webm} is a sound recording.
 */
@Component
class PropertyPlacement {

    private final Buckets buckets;

    PropertyPlacement(Buckets buckets) {
        this.buckets = buckets;
    }

    /** The chosen property, or why there is none. */
    sealed interface Placed {

        /**
         * In a property, or in none when the upload has none.
         *
         * @param movedTo the property, when it is another than the upload was created for; null otherwise
         */
        record At(DetectionResult format, @Nullable PropertyChoice movedTo) implements Placed {}

        /** No property takes them, or it is not clear which. */
        record Nowhere(WaybillException why) implements Placed {}
    }

    /** @param input what to detect, for the upload's own property */
    Placed of(Announcement file, DetectionInput input) {
        DetectionResult result = Formats.answer(input);
        if (!(result instanceof Misfit misfit)) {
            return narrower(file, input)
                    .<Placed>map(other -> placed(input, other))
                    .orElseGet(() -> new Placed.At(result, null));
        }
        List<PropertyChoice> others =
                file.movable() && mayMove(file, input, misfit) ? others(file, input, (type, fits) -> true) : List.of();
        if (others.size() != 1) {
            return new Placed.Nowhere(refusal(misfit, others));
        }
        return placed(input, others.getFirst());
    }

    private static Placed placed(DetectionInput input, PropertyChoice other) {
        return new Placed.At(Formats.answer(input.of(other.type().kind())), other);
    }

    /**
     * A file without a declared type, or declared as no more than an archive, goes into the property for its detected
     * type rather than into one for any file.
     */
    private Optional<PropertyChoice> narrower(Announcement file, DetectionInput input) {
        boolean isAnything = file.movable()
                && file.type() == FieldType.BINARY
                && input.bytes().size() > 0
                && Formats.isLeftOpen(input.declared(), input.filename());
        List<PropertyChoice> others = isAnything ? others(file, input, PropertyPlacement::isSurely) : List.of();
        return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
    }

    /**
     * A few bytes that happen to be text in some old charset are rather a key, and text that is not declared as a table
     * is none, though Excel opens it.
     */
    private static boolean isSurely(FieldType type, DetectionResult result) {
        String charset = result.evidence().charset();
        boolean isText = StandardCharsets.UTF_8.name().equals(charset) && type != FieldType.EXCEL;
        return type != FieldType.BINARY && (charset == null || isText);
    }

    /**
     * A file that is something else than its type and its name say is refused, wherever it would fit: an executable
     * that is named as a picture. But keys, signatures and the like are stored in text files, and as bytes just as
     * often.
     */
    private static boolean mayMove(Announcement file, DetectionInput input, Misfit misfit) {
        if (input.bytes().size() == 0) {
            return false;
        }
        FieldType type = file.type();
        boolean isText = type == FieldType.TEXT || type == FieldType.DOCUMENT;
        return misfit.isAsDeclared() || (isText && !isTextAlone(input)) || isAsNamed(input);
    }

    private static boolean isTextAlone(DetectionInput input) {
        return Formats.expected(input.declared(), input.filename()).stream().allMatch(type -> type.startsWith("text/"));
    }

    private static boolean isAsNamed(DetectionInput input) {
        return Formats.expected(null, input.filename()).stream()
                .anyMatch(type -> Formats.answer(input.declaredAs(type)).isAsDeclared());
    }

    /** The narrowest properties that take them; several only when they are of one type. */
    private List<PropertyChoice> others(
            Announcement file, DetectionInput input, BiPredicate<FieldType, DetectionResult> also) {
        Optional<Bucket> bucket = buckets.find(file.scope(), file.bucket().value());
        return bucket.map(found -> PropertyChoice.allNarrowest(PropertyChoice.takers(
                        found.schema(),
                        input.filename(),
                        type -> Formats.answer(input.of(type.kind())) instanceof DetectionResult.Fits fits
                                && also.test(type, fits))))
                .orElse(List.of());
    }

    private static WaybillException refusal(Misfit misfit, List<PropertyChoice> others) {
        Map<String, Object> details = misfit.details();
        if (!others.isEmpty()) {
            List<String> names = others.stream().map(PropertyChoice::name).toList();
            String quoted = names.stream().map("'%s'"::formatted).collect(Collectors.joining(" and "));
            details.put("candidates", names);
            details.put(
                    "reason",
                    "%s; %s take it: create the upload anew and say which in blob_property"
                            .formatted(misfit.reason(), quoted));
        }
        return new WaybillException(ErrorCode.INVALID_FILE_FORMAT, misfit.message(), details);
    }
}
