// Task arcs over a small corpus, and any number of them over a large one: for models and views.
#pragma once

#include "assembledcorpus.h"
#include "foundarcs.h"
#include "madearcs.h"

namespace arcscope::testing
{

/// Arcs written by a test (madearcs.h) over a corpus whose names its words are: rows of spans, sessions, devices,
/// models.
inline ArcsPtr foundArcsOf(std::shared_ptr<const Corpus> corpus, const std::string& text)
{
    ArcMaker maker;
    maker.idOf = [&](std::string_view name) { return corpus->strings.find(name).value; };
    maker.rowOf = [&](std::string_view name) { return rowNamed(*corpus, name); };
    addArcs(maker, text);
    auto found = std::make_shared<FoundArcs>();
    found->corpus = std::move(corpus);
    found->arcs = maker.made();
    for (const ArcStitch& stitch : found->arcs.stitches) {
        std::vector<std::int64_t> counts = found->arcs.arcs.values(ArcColumn::Stitches);
        ++counts[stitch.earlier];
        ++counts[stitch.later];
        found->arcs.arcs.set(0, ArcColumn::Stitches, std::make_shared<Column>(encode(counts)));
    }
    return found;
}

/// Four pieces of work of two models: one over two sessions and devices, one that may go on in another, one that is
/// handed over, and one of which nothing is known.
inline ArcsPtr fourArcs()
{
    auto corpus = std::make_shared<Corpus>(corpusOf("t1 a1 - model 0-1000 session=s-1 model=m-1 user=laptop\n"
                                                    "t1 a2 - model 2000-3000 session=s-1 model=m-1\n"
                                                    "t2 b1 - model 7200000-7201000 session=s-2 model=m-1 user=phone\n"
                                                    "t3 c1 - model 100000-101000 session=s-3 model=m-2\n"
                                                    "t4 d1 - model 200000-201000 session=s-4 model=m-2\n"
                                                    "t5 e1 - model - session=s-5\n"));
    return foundArcsOf(
        corpus,
        "arc s-1 session succeeded by=rule rule=rule:confirmed goal=Deploy_the_fix tools=9 cost=420000 model=m-1\n"
        "seg 0 0-3000 session=s-1 device=laptop\n"
        "request 0 row=a1\nresponse 1000 row=a1\nre_ask 2000 by=rule rule=rule:same_words row=a2\nresponse 3000 "
        "row=a2\n"
        "seg 1 7200000-7201000 session=s-2 device=phone join=same_task\n"
        "request 7200000 row=b1\nresponse 7201000 row=b1\naccept 7201000 by=rule rule=rule:thanks row=b1\n"
        "arc s-3 session failed by=label rule=label:reward goal=Summarise_the_ticket tools=0 cost=30000 model=m-2\n"
        "seg 2 100000-101000 session=s-3\n"
        "request 100000 row=c1\nresponse 101000 row=c1\n"
        "arc s-4 session deferred by=user_action goal=Cancel_my_order tools=2 model=m-2 frustration=2\n"
        "seg 3 200000-201000 session=s-4\n"
        "request 200000 row=d1\nresponse 200500 row=d1\nescalate 201000 row=d1\n"
        "arc s-5 session tools=0\n"
        "seg 4 - session=s-5\n"
        "request - row=e1\nresponse - row=e1\n"
        "stitch 1 2 0.82 same user; “ord_4471” in both\n");
}

/// So many arcs, each of one trace with two to 40 steps; the same for a number.
inline ArcsPtr manyArcs(std::uint32_t count)
{
    auto corpus = std::make_shared<Corpus>(corpusOf("t a - model 0-1000 session=s model=m-1\n"
                                                    "t b - model 2000-3000 session=s model=m-2\n"));
    ArcMaker maker;
    const std::uint32_t models[] = {corpus->strings.find("m-1").value, corpus->strings.find("m-2").value};
    for (std::uint32_t i = 0; i < count; ++i) {
        maker.arc("session-" + std::to_string(i));
        maker.arcs.set(ArcColumn::Goal, maker.intern("goal number " + std::to_string(i * 7919 % 1000)));
        maker.arcs.set(ArcColumn::Outcome, i % arcOutcomeCount);
        maker.arcs.set(ArcColumn::OutcomeSource, i % arcOutcomeCount == 4 ? 4 : i % 4);
        maker.arcs.set(ArcColumn::ToolCalls, i % 13);
        maker.arcs.set(ArcColumn::Active, second * (i % 90));
        maker.arcs.set(tagColumn(SpanText::ModelServed), models[i % 2]);
        const Nanos start = i * 60 * second;
        const std::uint32_t steps = 2 + i * 31 % 39;
        maker.segment(0, start, start + steps * 10 * second);
        for (std::uint32_t step = 0; step < steps; ++step)
            maker.event(step % 2 == 1   ? ArcStep::Response
                        : step % 6 == 4 ? ArcStep::ReAsk
                                        : ArcStep::Request,
                        start + step * 10 * second, step % 6 == 4 ? ArcSource::Rule : ArcSource::UserAction);
    }
    auto found = std::make_shared<FoundArcs>();
    found->corpus = std::move(corpus);
    found->arcs = maker.made();
    return found;
}

} // namespace arcscope::testing
