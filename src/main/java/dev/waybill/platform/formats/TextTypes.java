package dev.waybill.platform.formats;

import java.util.Set;

/** Media types whose files are text. */
public final class TextTypes {

    /** Called application/ or image/ or something else by their registrations or by habit, and text all the same. */
    private static final Set<String> OTHERS = Set.of(
            "application/graphql",
            "application/json",
            "application/json5",
            "application/mbox",
            "application/pem-certificate-chain",
            "application/pgp-keys",
            "application/pgp-signature",
            "application/postscript",
            "application/relax-ng-compact-syntax",
            "application/rtf",
            "application/sparql-query",
            "application/sql",
            "application/toml",
            "application/trig",
            "application/typescript",
            "application/n-quads",
            "application/n-triples",
            "application/wasm-text",
            "application/x-bat",
            "application/x-bibtex",
            "application/x-bibtex-text-file",
            "application/x-csh",
            "application/x-httpd-php",
            "application/x-latex",
            "application/x-msdos-program",
            "application/x-ndjson",
            "application/x-pem-file",
            "application/x-perl",
            "application/x-php",
            "application/x-plist",
            "application/x-powershell",
            "application/x-python",
            "application/x-ruby",
            "application/x-sh",
            "application/x-sql",
            "application/x-subrip",
            "application/x-tcl",
            "application/x-tex",
            "application/x-tex-tfm-text",
            "application/x-texinfo",
            "application/x-troff",
            "application/x-typescript",
            "application/x-x509-ca-cert",
            "application/x-www-form-urlencoded",
            "application/xhtml+xml",
            "application/xml",
            "application/xml-dtd",
            "application/yaml",
            "image/x-eps",
            "image/x-portable-anymap",
            "image/x-portable-bitmap",
            "image/x-portable-graymap",
            "image/x-portable-pixmap",
            "image/x-xbitmap",
            "image/x-xpixmap",
            "model/gltf+json",
            "model/obj",
            "model/step",
            "audio/x-mpegurl",
            "application/vnd.apple.mpegurl");

    private TextTypes() {}

    /** Whether files of that type are text that people or programs read as such; without parameters, in lower case. */
    public static boolean isText(String mediaType) {
        return mediaType.startsWith("text/")
                || mediaType.startsWith("message/")
                || OTHERS.contains(mediaType)
                || mediaType.endsWith("+json")
                || mediaType.endsWith("+xml")
                || mediaType.endsWith("+yaml");
    }

    /** Whether it is a picture that is written as text, and is none unless its bytes show it. */
    static boolean isTextPicture(String mediaType) {
        return mediaType.startsWith("image/") && isText(mediaType);
    }
}
