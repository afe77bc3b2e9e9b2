"""What the findings about a draft say, in Danish and in English."""

from aarshjul.core.languages import Language

WORDS: dict[str, dict[Language, str]] = {
    "unreachable-band": {
        "en": "band {0} can never be reached: those before it hold all of its values",
        "da": "trin {0} kan aldrig nås: trinene før det dækker alle dets værdier",
    },
    "no-full-score": {
        "en": "the best band gives {0}: nobody can reach 100",
        "da": "det bedste trin giver {0}: ingen kan nå 100",
    },
    "overlapping-bands": {
        "en": "bands {0} and {1} overlap: the first one counts; say which holds the values that they share",
        "da": "trin {0} og {1} overlapper: det første gælder; skriv, hvilket af dem der har de fælles værdier",
    },
    "weights-differ": {
        "en": "the weights add up to {0}: shares add up to 1, and per cents to 100",
        "da": "vægtene giver {0} tilsammen: andele skal give 1 og procenter 100",
    },
    "baseline-meets-target": {
        "en": "the baseline {0} meets the target already",
        "da": "udgangspunktet {0} opfylder allerede målet",
    },
    "target-met": {
        "en": "the last known result, {0}, meets the target already",
        "da": "det seneste kendte resultat, {0}, opfylder allerede målet",
    },
    "baseline-differs": {
        "en": "the baseline is {0}, and in the rule it is {1}",
        "da": "udgangspunktet er {0}, og i reglen er det {1}",
    },
    "no-assessor": {
        "en": "it is assessed, and nobody is named who assesses (`owner`)",
        "da": "det vurderes, og det er ikke angivet, hvem der vurderer (`owner`)",
    },
    "unknown-owner": {
        "en": "the owner {0} is neither a person nor a role of the cycle",
        "da": "ejeren {0} er hverken en person eller en rolle i forløbet",
    },
    "no-owner": {
        "en": "nobody is named who collects the result (`owner`)",
        "da": "det er ikke angivet, hvem der indsamler resultatet (`owner`)",
    },
    "no-source": {
        "en": "it is not said where the result will come from (`source`)",
        "da": "det er ikke angivet, hvor resultatet skal komme fra (`source`)",
    },
    "no-text": {
        "en": "the goal has no text",
        "da": "målet har ingen tekst",
    },
}
