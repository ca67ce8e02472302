#include "postmortemnotes.h"

#include "foundplaces.h"
#include "htmltext.h"
#include "statelink.h"

namespace arcscope
{
namespace
{

std::string spanName(const Corpus& corpus, const FoundPlace& found)
{
    return found.row == noRow ? std::string() : "span " + htmlText(corpus.text(SpanText::Name, found.row)) + ", ";
}

/// "span NAME, trace:ID/span:ID, event:4".
std::string placeHtml(const Corpus& corpus, const std::string& place, const std::string& part)
{
    if (place.empty() || place == corpusPlace)
        return "everything" + (part.empty() ? std::string() : ", " + htmlText(part));
    const FoundPlace found = findPlaces(corpus, std::span(&place, 1)).front();
    return spanName(corpus, found) + htmlText(place) + (part.empty() ? std::string() : ", " + htmlText(part));
}

/// Lines stay lines.
std::string linesHtml(const std::string& text)
{
    return text.empty() ? std::string() : "<p style=\"white-space:pre-wrap\">" + htmlText(text) + "</p>\n";
}

/// Times of ranges are told as they are read.
std::string partText(const Annotation& annotation)
{
    const auto part = parsePlacePart(annotation.part);
    return part && part->of == PlacePart::Of::Time ? isoText(part->from) + " to " + isoText(part->to) : annotation.part;
}

std::string whereHtml(const StoryStep& step, const Corpus& corpus)
{
    const ViewState& state = step.state;
    std::string where = state.view.empty() ? std::string() : htmlText(state.view) + ": ";
    where += placeHtml(corpus, state.span.empty() ? state.trace : state.span, state.part);
    if (state.range.recorded())
        where += ", " + isoText(state.range.start) + " to " + isoText(state.range.end);
    if (!state.filter.empty())
        where += ", filter " + htmlText(state.filter);
    if (!state.chosen.empty())
        where += ", chosen " + htmlText(state.chosen);
    return "<div class=\"where\">" + where + "</div>\n";
}

} // namespace

std::string storyHtml(const KeptNotes& notes, const PlaceAnchor& anchor, const Corpus& corpus,
                      const ExportProvenance& provenance)
{
    const Story& story = notes.story;
    if (story.empty())
        return {};
    const std::string title = story.title.empty() ? "Story" : htmlText(story.title);
    std::string html = "<section aria-labelledby=\"story\"><h2 id=\"story\">" + title + "</h2>\n<ol>\n";
    for (const StoryStep& step : story.steps) {
        html += "<li>";
        if (!step.title.empty())
            html += "<h3>" + htmlText(step.title) + "</h3>\n";
        html += linesHtml(step.text) + whereHtml(step, corpus);
        if (provenance.files.size() == 1 && !provenance.files.front().sha256.empty()) {
            const ExportProvenance::File& file = provenance.files.front();
            ViewState state = step.state;
            makePortable(state, anchor);
            html += "<details><summary>Link to this state</summary><pre>" +
                    htmlText(linkText({file.sha256, {}, file.name, state})) + "</pre></details>\n";
        }
        html += "</li>\n";
    }
    return html + "</ol></section>\n";
}

std::string annotationsHtml(const KeptNotes& notes, const Corpus& corpus)
{
    if (notes.annotations.empty())
        return {};
    std::string html = "<section aria-labelledby=\"notes\"><h2 id=\"notes\">Bookmarks and notes</h2>\n";
    for (const Annotation& each : notes.annotations) {
        html += "<article><p><span class=\"tag\">" + htmlText(name(each.kind)) + "</span> <span class=\"where\">" +
                placeHtml(corpus, each.place, partText(each)) + "</span></p>\n" + linesHtml(each.body) + "</article>\n";
    }
    return html + "</section>\n";
}

} // namespace arcscope
