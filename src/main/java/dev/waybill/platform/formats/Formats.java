package dev.waybill.platform.formats;

import dev.waybill.platform.formats.DetectionResult.Fits;
import dev.waybill.platform.formats.DetectionResult.FormatEvidence;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.ArrayList;
import java.util.List;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Detects the media type of a file: whether declared type, name, property and bytes agree, and on what. The bytes come
 * first: declared type and name choose among what the bytes allow, and never allow what the bytes exclude.
 */
public final class Formats {

    private static final MediaTypeRegistry REGISTRY = MediaTypeRegistry.getDefaultRegistry();

    private Formats() {}

    /** The answer; never fails, whatever the bytes are. */
    public static DetectionResult answer(DetectionInput question) {
        FileEncoding fileEncoding = FileEncoding.of(question);
        if (fileEncoding.isNone()) {
            return detect(question);
        }
        byte[] inner = fileEncoding.unpacked(question);
        if (inner != null) {
            return fileEncoding.around(detect(question.unpacked(inner)));
        }
        DetectionResult answer = detect(question);
        return fileEncoding.isSeen(question.bytes()) ? fileEncoding.around(answer) : fileEncoding.unread(answer);
    }

    private static DetectionResult detect(DetectionInput question) {
        DetectedBytes detected = DetectedBytes.at(question.bytes(), question.declaredCharset());
        return detected.format() == Format.EMPTY ? empty(question) : choose(question, detected);
    }

    /**
     * What a file may be that nobody has seen yet, by what it is called: the likeliest first. Nothing when it is called
     * nothing that says anything.
     *
     * @param declared its media type as it was sent; null or empty when it was not
     */
    public static List<String> expected(@Nullable String declared, String filename) {
        String type = declared == null ? MediaTypes.UNKNOWN : MediaTypes.canonical(declared);
        List<String> named = TypeNames.ofName(filename);
        List<String> expected = new ArrayList<>();
        if (!type.equals(MediaTypes.UNKNOWN)) {
            expected.add(type);
        }
        named.stream()
                .filter(name -> !expected.contains(name) && (isLoose(type) || Signatures.isSame(type, name)))
                .forEach(expected::add);
        // Whatever is called video may show nothing, and be sound.
        List.copyOf(expected).stream()
                .filter(FileKind.VIDEO::takes)
                .map(Formats::sound)
                .filter(sound -> !expected.contains(sound))
                .forEach(expected::add);
        return List.copyOf(expected);
    }

    /**
     * Whether a file that is called by what it is kept in may be of that type: an Excel workbook that is called ZIP
     * archive.
     */
    public static boolean mayHold(String container, String type) {
        return switch (container) {
            case "application/zip" -> Containers.isZip(MediaTypes.canonical(type));
            case "application/x-ole-storage" -> Containers.isOle2(MediaTypes.canonical(type));
            default -> false;
        };
    }

    /** Whether what a file is called says nothing of it, or no more than how things are kept together. */
    public static boolean isLeftOpen(@Nullable String declared, String filename) {
        return expected(declared, filename).stream().allMatch(Containers::isBare);
    }

    private static String sound(String film) {
        return film.equals("video/x-ms-asf") || film.equals("video/x-ms-wmv")
                ? "audio/x-ms-wma"
                : "audio/" + film.substring(film.indexOf('/') + 1);
    }

    /** Types that senders take from the end of a name, and so know no better than it. */
    private static boolean isLoose(String type) {
        return type.startsWith("application/") && !type.equals("application/pdf")
                || type.startsWith("text/")
                || type.startsWith("message/")
                || type.startsWith("multipart/")
                || type.startsWith("model/")
                || type.equals("video/mp2t");
    }

    private static DetectionResult empty(DetectionInput question) {
        FileKind kind = question.kind();
        List<String> suggested = question.suggestedTypes();
        String fallback = kind == FileKind.TEXT ? "text/plain" : MediaTypes.UNKNOWN;
        String mediaType = suggested.stream()
                .filter(type -> kind == null || kind.takes(type))
                .findFirst()
                .orElse(fallback);
        if (kind == null || kind.takesEmpty(mediaType)) {
            return new Fits(mediaType, FormatEvidence.NONE, true);
        }
        return misfit(Format.EMPTY, FormatEvidence.NONE, true, kind);
    }

    private static DetectionResult choose(DetectionInput question, DetectedBytes detected) {
        List<String> suggested = question.suggestedTypes();
        FileKind kind = question.kind();
        List<Format> candidates = candidates(question, detected, suggested);
        boolean isAsDeclared = isAsDeclared(question, candidates);
        for (Format candidate : candidates) {
            String mediaType = TypeChoice.of(candidate, kind, suggested);
            if (mediaType != null) {
                return new Fits(mediaType, evidence(candidate, detected), isAsDeclared);
            }
        }
        Format shown = candidates.getFirst();
        if (kind == null) {
            return new Fits(shown.mediaType(), evidence(shown, detected), isAsDeclared);
        }
        return misfit(shown, evidence(shown, detected), isAsDeclared, kind);
    }

    /** What the bytes may be, the likeliest first. What is shown and suggested is nothing else. */
    private static List<Format> candidates(DetectionInput question, DetectedBytes detected, List<String> suggested) {
        Format format = detected.format();
        if (detected.charset() == null) {
            Format shown = format == null ? Format.UNKNOWN : format;
            if (shown == IsoMedia.SEGMENT) {
                return List.of(IsoMedia.segment(question.declaredType()));
            }
            if (shown == Format.UNKNOWN && isTarga(question, suggested)) {
                return List.of(ImageSignatures.TGA);
            }
            boolean isMotion = question.kind() == FileKind.VIDEO && ImageSignatures.isMotionJpeg(question.bytes());
            return List.of(
                    isMotion
                            ? ImageSignatures.MOTION_JPEG
                            : isPackedDrawing(question, shown) ? ImageSignatures.SVGZ : shown);
        }
        if (format == null && isTarga(question, suggested)) {
            // Its header holds bytes that no text has, and its pixels may be read as anything.
            return List.of(ImageSignatures.TGA);
        }
        Format textFormat = TextDetection.of(question.bytes(), detected.charset());
        Format text = question.kind() == FileKind.EXCEL ? table(question.bytes(), textFormat, suggested) : textFormat;
        if (format == null) {
            return List.of(text);
        }
        if (suggested.stream().anyMatch(format::allows)) {
            return List.of(format);
        }
        if (detected.isSure()) {
            return suggested.isEmpty() ? List.of(format) : List.of(format, text);
        }
        return List.of(text, format);
    }

    /**
     * A drawing is often kept packed, and is a picture all the same; whoever shows it has to know that it is packed, so
     * it is not called what is inside. Nothing is unpacked where nobody said picture.
     */
    private static boolean isPackedDrawing(DetectionInput question, Format shown) {
        boolean isExpected = question.kind() == FileKind.IMAGE
                || question.suggestedTypes().stream().anyMatch(type -> type.startsWith("image/svg+xml"));
        return isExpected && shown.mediaType().equals("application/gzip") && isDrawing(question.bytes());
    }

    private static boolean isDrawing(FileBytes packed) {
        byte[] inner = FileEncoding.gunzipped(packed);
        return inner != null && TextDetection.isDrawing(FileBytes.ofHead(inner, inner.length + 1L));
    }

    /** Tables come as markup that is called Excel's, and as text that is called no more than text. */
    private static Format table(FileBytes bytes, Format text, List<String> suggested) {
        boolean isPlain = text.mediaType().equals("text/plain");
        if (!isPlain && suggested.contains("application/vnd.ms-excel") && TableDetection.isMarkup(bytes)) {
            return Format.text(text.mediaType(), text.name(), text.phrase(), "application/vnd.ms-excel");
        }
        boolean isCalledText = suggested.stream().allMatch("text/plain"::equals);
        String rows = isPlain && isCalledText ? TableDetection.ofRows(bytes) : null;
        return rows == null ? text : Format.text("text/plain", text.name(), text.phrase(), rows);
    }

    /** It has no mark, so somebody must have said that it is a picture. */
    private static boolean isTarga(DetectionInput question, List<String> suggested) {
        boolean isExpected = question.kind() == FileKind.IMAGE || suggested.contains(ImageSignatures.TGA.mediaType());
        return isExpected && ImageSignatures.isTga(question.bytes());
    }

    private static FormatEvidence evidence(Format shown, DetectedBytes detected) {
        return shown.family() == Format.Family.TEXT && detected.charset() != null
                ? new FormatEvidence(detected.charset(), null)
                : FormatEvidence.NONE;
    }

    /**
     * Bytes that show nothing are believed to be of a type that has no marks anybody knows, and text of one that has
     * none.
     */
    private static boolean isAsDeclared(DetectionInput question, List<Format> candidates) {
        return question.declaredType().equals(MediaTypes.UNKNOWN)
                || expected(question.declared(), question.filename()).stream()
                        .anyMatch(type -> isKindOf(type, candidates));
    }

    private static boolean isKindOf(String declared, List<Format> candidates) {
        MediaType registered = MediaType.parse(declared);
        boolean isKnown = registered != null && REGISTRY.getTypes().contains(registered);
        if (candidates.contains(Format.UNKNOWN)) {
            return !isKnown;
        }
        boolean saysNothing = !isKnown && declared.startsWith("application/") && !BinaryTypes.has(declared);
        return saysNothing
                || candidates.stream()
                        .anyMatch(candidate -> candidate.isKindOf(declared) || isUnlistedText(candidate, declared));
    }

    /** Text is registered under more names than anybody lists, and saved under Office's. */
    private static boolean isUnlistedText(Format candidate, String declared) {
        return candidate.family() == Format.Family.TEXT
                && FileKind.TEXT.mayTake(List.of(declared))
                && !TextTypes.isTextPicture(declared);
    }

    private static Misfit misfit(Format shown, FormatEvidence evidence, boolean isAsDeclared, FileKind kind) {
        String reason = "the file is %s, the property takes %s".formatted(shown.phrase(), kind.phrase());
        return new Misfit(shown.mediaType(), evidence, isAsDeclared, kind, shown.name(), reason);
    }
}
