"""What Punkt has to be told of English: abbreviations, and words that open sentences.

Written by hand for news; lower case, without the final full stop. Editing these sets is the way
to teach the splitter a new abbreviation.
"""

TITLES = frozenset(
    """
    mr mrs ms mx messrs mme mlle dr drs prof st ste sr sra srta fr br rev hon amb gov lt-gov sen sens rep
    reps supt insp det gen lt-gen maj-gen brig-gen col lt-col maj capt cpt cmdr lt sgt cpl pfc pvt adm
    brig cmd cdr const sgt-maj pres sec mt ft
    """.split()
)
"""Stand before a name: a full stop after one never ends a sentence."""

NUMBERED = frozenset("no nos n° nº nr p pp vol vols art arts fig figs sec ch chap para approx ca ver op pop est circa".split())
"""Stand before a number: a full stop after one does not end a sentence when a digit follows."""

MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
DAYS = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())

PLACES = frozenset(
    """
    u.s u.s.a u.k u.n e.u u.a.e u.s.s.r d.c n.y n.j n.c s.c n.d s.d n.h n.m r.i w.va b.c p.e.i l.a d.p.r.k
    d.r d.r.c p.r.c r.o.c ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn miss mo
    mont neb nev okla ont ore pa penn que sask tenn tex vt va wash wis wyo blvd ave rd hwy pl sq apt
    """.split()
)

OTHERS = frozenset(
    """
    a.m p.m a.d b.c.e c.e e.g i.e etc vs v viz cf al et ibid est inc corp co cos ltd llc plc bros assn
    dept univ inst jr sr esq ph.d m.d b.a m.a d.d.s j.d b.s m.s m.p m.p.s r.n q.c k.c p.o p.s r.s.v.p
    i.d t.v f.b.i c.i.a n.s.a n.a.t.o a.p mph kph km cm mm kg lb lbs oz ft sq min hr hrs yr yrs mfg intl
    natl gov't govt tel ext attn misc max avg dist bldg ste orig incl excl a.k.a o.k r.i.p ret
    gen-sec vice-adm rear-adm asst assoc dir exec mgr sgts capts gens cols
    """.split()
)

ABBREVIATIONS = TITLES | MONTHS | DAYS | PLACES | OTHERS

STARTERS = frozenset(
    """
    the this that these those there here it its he she they we you his her their our your my i in on at as
    by for from with after before during since until while when where why what who whom whose which how if
    although though because but and or so yet nor however meanwhile moreover furthermore nevertheless still
    also then thus therefore instead otherwise besides an a another some many most several few each every
    all both either neither no not never one two three four five is are was were do does did has have had
    can could will would should may might must let please once such other others even only just despite
    according under over last next earlier later now today tomorrow yesterday nobody everybody everyone
    someone anyone nothing something everything critics analysts officials police
    """.split()
)
"""Words that, capitalised after an abbreviation, open a new sentence."""

EXCLAIMING = frozenset("yahoo jeopardy oklahoma panic wham".split())
"""Names that carry an exclamation mark of their own."""

INTRODUCING = frozenset("ps p.s pps p.p.s nb n.b".split())
"""Notes that belong to what they introduce."""
