import re, copy
from django.db import transaction
from django.test import Client, TestCase
from tests.worlds import build
from tests.refusals.addresses import Places, addresses
P=("anonymous","stranger","founder","other_judge","judge","editor","front_desk","officer","director")
def code(r):
    if r.status_code in (301,302):
        l=r["Location"]
        if "/accounts/login/" in l or "/admin/login/" in l or re.search(r"/judging/\?next=",l): return "login"
        return "->"+l[:0]+"302"
    return str(r.status_code)
class T(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world=build()
    def test_x(self):
        places=Places(self.world)
        clients={}
        for p in P:
            c=Client(raise_request_exception=False); 
            if p!="anonymous": c.force_login(self.world.people[p], backend="django.contrib.auth.backends.ModelBackend")
            clients[p]=c.cookies
        self.out=out=open("/tmp/w/proof/dump.txt","w")
        todo=[a.name for a in addresses() if not a.vendor and a.name]
        todo+=["entries:"+n+"#draft" for n in "entry basics section team member add_file file_row file page review receipt withdraw".split()]+["entries:"+n for n in ()]+["entries_admin:entry#draft","entries_admin:file#draft","entries_admin:screen#draft","judging:file#foreign"]
        for n in todo:
            try: path=places.path(n)
            except Exception as e:
                print(n, "NOPATH", repr(e)[:100], file=out); continue
            for m in ("GET","POST"):
                row=[]
                for p in P:
                    with transaction.atomic():
                        try:
                            c=Client(raise_request_exception=False); c.cookies=copy.deepcopy(clients[p])
                            r=getattr(c,m.lower())(path)
                            if r.streaming: r.close()
                            row.append(code(r))
                        except Exception as e:
                            row.append("EXC:"+repr(e)[:80])
                        transaction.set_rollback(True)
                print(f"{m:4} {n:40}", *[f"{x:5}" for x in row], file=out)
            out.flush()
        out.close()
