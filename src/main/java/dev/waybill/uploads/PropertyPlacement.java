package dev.waybill.uploads;

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
 * Where the bytes of an upload belong: in its property, or, where the client left that to the service and the bytes are
 * none for it, in another one that takes them. Of a sound recording that is called {@code video/webm} only the bytes tell.
 */
@Component
class PropertyPlacement {

    private final Buckets buckets;

    PropertyPlacement(Buckets buckets) {
        this.buckets = buckets;
    }

    /** Where they belong. */
    sealed interface Placed {

        /**
         * In a property, or in none when the upload has none.
         *
         * @param movedTo the property, when it is another than the upload was made for; null otherwise
         */
        record At(DetectionResult format, @Nullable PropertyChoice movedTo) implements Placed {}

        /** No property takes them, or it is not clear which. */
        record Nowhere(WaybillException why) implements Placed {}
    }

    /** @param question asked of the upload's own property */
    Placed of(Announcement file, DetectionInput question) {
        DetectionResult answer = Formats.answer(question);
        if (!(answer instanceof Misfit misfit)) {
            return narrower(file, question)
                    .<Placed>map(other -> placed(question, other))
                    .orElseGet(() -> new Placed.At(answer, null));
        }
        List<PropertyChoice> others = file.movable() && mayMove(file, question, misfit)
                ? others(file, question, (type, fits) -> true)
                : List.of();
        if (others.size() != 1) {
            return new Placed.Nowhere(refusal(misfit, others));
        }
        return placed(question, others.getFirst());
    }

    private static Placed placed(DetectionInput question, PropertyChoice other) {
        return new Placed.At(Formats.answer(question.of(other.type().kind())), other);
    }

    /**
     * Of a file that nobody called anything, or no more than an archive, the one for what it is goes before the one for all
     * that there is.
     */
    private Optional<PropertyChoice> narrower(Announcement file, DetectionInput question) {
        boolean isAnything = file.movable()
                && file.type() == FieldType.BINARY
                && question.bytes().size() > 0
                && Formats.isLeftOpen(question.declared(), question.filename());
        List<PropertyChoice> others = isAnything ? others(file, question, PropertyPlacement::isSurely) : List.of();
        return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
    }

    /**
     * A few bytes that happen to be text in some old charset are rather a key, and text that nobody called a table is none,
     * though Excel opens it.
     */
    private static boolean isSurely(FieldType type, DetectionResult answer) {
        String charset = answer.evidence().charset();
        boolean isText = StandardCharsets.UTF_8.name().equals(charset) && type != FieldType.EXCEL;
        return type != FieldType.BINARY && (charset == null || isText);
    }

    /**
     * What is something else than its type and its name say is refused as it is, wherever it would fit: an executable
     * that is called a picture. But keys, signatures and the like are kept in text files, and as bytes just as often.
     */
    private static boolean mayMove(Announcement file, DetectionInput question, Misfit misfit) {
        if (question.bytes().size() == 0) {
            return false;
        }
        FieldType type = file.type();
        boolean isText = type == FieldType.TEXT || type == FieldType.DOCUMENT;
        return misfit.isAsDeclared() || (isText && !isTextAlone(question)) || isAsNamed(question);
    }

    private static boolean isTextAlone(DetectionInput question) {
        return Formats.expected(question.declared(), question.filename()).stream()
                .allMatch(type -> type.startsWith("text/"));
    }

    private static boolean isAsNamed(DetectionInput question) {
        return Formats.expected(null, question.filename()).stream()
                .anyMatch(type -> Formats.answer(question.declaredAs(type)).isAsDeclared());
    }

    /** The narrowest that take them; several only when they are of one type. */
    private List<PropertyChoice> others(
            Announcement file, DetectionInput question, BiPredicate<FieldType, DetectionResult> also) {
        Optional<Bucket> bucket = buckets.find(file.scope(), file.bucket().value());
        return bucket.map(found -> PropertyChoice.allNarrowest(PropertyChoice.takers(
                        found.schema(),
                        question.filename(),
                        type -> Formats.answer(question.of(type.kind())) instanceof DetectionResult.Fits fits
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
