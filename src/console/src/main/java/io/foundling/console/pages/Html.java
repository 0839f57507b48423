package io.foundling.console.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.foundling.console.web.Answer;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes HTML of the compiled templates, which escape every value. Any thread. */
final class Html {

    static final String TYPE = MediaTypes.HTML;
    static final ObjectNode ANY = JsonNodeFactory.instance.objectNode().put("type", "string");
    static final Answer PAGE = new Answer("The page", Map.of(TYPE, ANY));

    private static final int SEE_OTHER = 303;
    private static final String PACKAGE = "io.foundling.console.pages.template";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, PACKAGE);

    /** Leads to another page of this console. */
    static Reply seeOther(String to) {
        return new Reply(SEE_OTHER, TYPE, Map.of("Location", to), new Reply.Whole(new byte[0]));
    }

    /** Returns a page. */
    Reply page(int status, String template, Object view) {
        StringOutput out = new StringOutput();
        engine.render(template + ".jte", view, out);
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        return new Reply(status, TYPE, Map.of(), new Reply.Whole(bytes));
    }
}
