package io.foundling.console.pages;

import io.foundling.console.web.Operation;
import java.util.List;

/** All files that pages refer to. They are part of the program: a page needs nothing from elsewhere. */
public final class Assets {

    private static final String SCRIPT = "text/javascript";
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js";

    private final Asset style = Asset.read("console.css", "console", "css", "text/css");
    private final Asset script = Asset.read("console.js", "console", "js", SCRIPT);
    private final Asset htmx = Asset.read(HTMX, "htmx", "js", SCRIPT);
    private final Asset icon = Asset.read("icon.svg", "icon", "svg", "image/svg+xml");

    public String style() {
        return style.path();
    }

    public String script() {
        return script.path();
    }

    public String htmx() {
        return htmx.path();
    }

    public String icon() {
        return icon.path();
    }

    List<Operation> operations() {
        return List.of(style.operation(), script.operation(), htmx.operation(), icon.operation());
    }
}
